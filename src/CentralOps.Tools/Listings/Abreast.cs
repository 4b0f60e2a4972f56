namespace CentralOps.Tools.Listings;

/// <summary>Work of which a few pieces run at once.</summary>
internal static class Abreast
{
    /// <param name="count">Pieces, numbered from 0.</param>
    /// <param name="width">At once.</param>
    /// <param name="work">One piece; it hears cancellation by itself, and no further one is begun then.</param>
    public static Task RunAsync(int count, int width, Func<int, Task> work, CancellationToken cancellationToken)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Math.Min(width, count)).Select(_ => WalkAsync()));

        async Task WalkAsync()
        {
            while (Interlocked.Increment(ref next) is var index && index < count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await work(index);
            }
        }
    }
}
