namespace CentralOps.Aws.Protocols;

/// <summary>
/// An operation's input: a JSON object of the members, and beside it the raw bytes of a blob payload member (Lambda's
/// <c>Payload</c>), so that nothing is written as base64 only to be read back. A blob payload given in the JSON as base64 works too.
/// </summary>
public readonly record struct AwsInput(ReadOnlyMemory<byte> Json, ReadOnlyMemory<byte>? Blob = null);

/// <summary>What a server half writes: the output's members as a JSON object, and the raw bytes of a blob payload member.</summary>
public readonly record struct AwsOutput(ReadOnlyMemory<byte> Json, ReadOnlyMemory<byte>? Blob = null);

/// <summary>An error as it crosses the wire: code without namespace, message, HTTP status.</summary>
public sealed record WireError(string Code, string Message, int Status)
{
    public string? RequestId { get; init; }

    /// <summary><c>Sender</c> or <c>Receiver</c>, where the protocol says so.</summary>
    public bool SenderFault { get; init; } = true;

    /// <summary>Of S3: where the bucket is, when it was asked for in another region.</summary>
    public string? BucketRegion { get; init; }
}
