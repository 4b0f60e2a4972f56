namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>What was agreed with a server under one identity; agreed on by one caller at a time, however many wait for it.</summary>
internal sealed class McpLinkSlot(McpNegotiation negotiation, McpFailures failures, string? authorization, TimeSpan timeout, TimeProvider time)
{
    private readonly Lock _gate = new();
    private Task<(McpLink? Link, TargetFailure? Failure)>? _opening;

    public string? Authorization => authorization;

    /// <summary>Null where nothing is agreed.</summary>
    public McpLink? Current { get; private set; }

    /// <param name="stale">A link that the server no longer knows.</param>
    public ValueTask<(McpLink? Link, TargetFailure? Failure)> GetAsync(McpLink? stale, CancellationToken cancellationToken)
    {
        Task<(McpLink? Link, TargetFailure? Failure)> opening;
        lock (_gate)
        {
            if (Current is { } current && !ReferenceEquals(current, stale))
            {
                return new((current, null));
            }

            // Whoever came first may go away: the others still wait for it.
            Current = null;
            opening = _opening ??= Task.Run(OpenAsync, CancellationToken.None);
        }

        return new(opening.WaitAsync(cancellationToken));
    }

    private async Task<(McpLink? Link, TargetFailure? Failure)> OpenAsync()
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        var outcome = default((McpLink? Link, TargetFailure? Failure));
        try
        {
            return outcome = await negotiation.OpenAsync(authorization, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            return (null, failures.TimedOut(timeout));
        }
        finally
        {
            lock (_gate)
            {
                (Current, _opening) = (outcome.Link, null);
            }
        }
    }
}
