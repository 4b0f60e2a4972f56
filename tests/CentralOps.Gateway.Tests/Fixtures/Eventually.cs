namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>Waits for what happens elsewhere, with a limit that only a defect reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task BecomesTrue(Func<bool> condition) => BecomesTrue(() => Task.FromResult(condition()));

    public static async Task BecomesTrue(Func<Task<bool>> condition)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(startedAt).ShouldBeLessThan(Limit);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
