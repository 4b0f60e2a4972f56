namespace CentralOps.Aws.Wire;

/// <summary>Bytes that are not what the protocol says. Messages name the place and the problem, never our types.</summary>
public sealed class WireFormatException : Exception
{
    public WireFormatException(string message)
        : base(message)
    {
    }

    public WireFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The error code with which AWS refuses such a request, all with status 400 (<c>BadDigest</c>); null where each service has its own.</summary>
    public string? Code { get; init; }
}
