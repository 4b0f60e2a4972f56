namespace CentralOps.Accounts.IdentityCenter;

/// <summary>Lets so many through in a second, evenly, first come first served.</summary>
internal sealed class Pace(int perSecond, TimeProvider time)
{
    private readonly TimeSpan _gap = TimeSpan.FromSeconds(1) / perSecond;
    private readonly Lock _gate = new();
    private DateTimeOffset _next;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var turn = now > _next ? now : _next;
            _next = turn + _gap;
            wait = turn - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }
}
