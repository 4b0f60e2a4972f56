namespace CentralOps.Aws.Wire;

/// <summary>One HTTP response with its body read to the end (a page at most; the transport bounds it).</summary>
public sealed class WireResponse
{
    public int Status { get; set; } = 200;

    public HeaderList Headers { get; } = [];

    public ReadOnlyMemory<byte> Body { get; set; }
}
