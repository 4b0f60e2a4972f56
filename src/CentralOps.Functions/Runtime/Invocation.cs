namespace CentralOps.Functions.Runtime;

/// <summary>One call as the runtime API hands it out.</summary>
/// <param name="Payload">The event: the tool's arguments.</param>
internal readonly record struct Invocation(string RequestId, DateTimeOffset Deadline, ReadOnlyMemory<byte> Payload)
{
    /// <summary>JSON as the invoker sent it; null when it sent none.</summary>
    public string? ClientContext { get; init; }

    public string? TraceId { get; init; }
}
