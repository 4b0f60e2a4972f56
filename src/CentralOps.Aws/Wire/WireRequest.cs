namespace CentralOps.Aws.Wire;

/// <summary>One HTTP request as it stands on the wire. Client halves write it, server halves read it, signing covers it.</summary>
public sealed class WireRequest
{
    public string Method { get; set; } = "POST";

    /// <summary>Percent-encoded path, without the query.</summary>
    public string Path { get; set; } = "/";

    /// <summary>Percent-encoded query, without the question mark; empty when there is none.</summary>
    public string Query { get; set; } = "";

    /// <summary>What an operation puts before the endpoint's host, such as <c>data-</c>; null when it has no host prefix.</summary>
    public string? HostPrefix { get; set; }

    public HeaderList Headers { get; } = [];

    public ReadOnlyMemory<byte> Body { get; set; }
}
