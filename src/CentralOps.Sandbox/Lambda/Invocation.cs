namespace CentralOps.Sandbox.Lambda;

/// <summary>One event for one function, until it is answered.</summary>
internal sealed class Invocation
{
    private readonly TaskCompletionSource<InvocationResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required string RequestId { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>As JSON; null when the caller sent none.</summary>
    public string? ClientContext { get; init; }

    public required string FunctionArn { get; init; }

    public required string TraceId { get; init; }

    /// <summary>Set when a worker gets it.</summary>
    public DateTimeOffset Deadline { get; set; }

    public Task<InvocationResult> Result => _result.Task;

    /// <summary>The same event, to be tried anew.</summary>
    public Invocation Again() => new()
    {
        RequestId = RequestId,
        Payload = Payload,
        ClientContext = ClientContext,
        FunctionArn = FunctionArn,
        TraceId = TraceId,
    };

    public bool TryComplete(InvocationResult result) => _result.TrySetResult(result);
}

/// <summary>What became of an invocation.</summary>
internal enum InvocationOutcome
{
    /// <summary>The function, or Lambda in its place, answered.</summary>
    Answered,

    /// <summary>The worker ended before its runtime took the event: somebody else can have it.</summary>
    NotTaken,

    /// <summary>There was no place for it under the function's concurrency.</summary>
    Throttled,
}

/// <summary>How an invocation ended.</summary>
/// <param name="Payload">The function's answer, or an error object.</param>
/// <param name="Failed">The function did not succeed: <c>X-Amz-Function-Error</c> is sent.</param>
internal sealed record InvocationResult(ReadOnlyMemory<byte> Payload, bool Failed)
{
    public static InvocationResult NotTaken { get; } = new(default, Failed: true) { Outcome = InvocationOutcome.NotTaken };

    public static InvocationResult Throttled { get; } = new(default, Failed: true) { Outcome = InvocationOutcome.Throttled };

    public InvocationOutcome Outcome { get; private init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Set on the first invocation of a worker.</summary>
    public TimeSpan? InitDuration { get; init; }

    /// <summary>What the worker wrote last; read when somebody asks.</summary>
    public Func<string> Log { get; init; } = static () => "";
}
