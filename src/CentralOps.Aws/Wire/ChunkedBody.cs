using System.Buffers;
using System.Globalization;
using System.Text;

namespace CentralOps.Aws.Wire;

/// <summary>
/// A body in S3's <c>aws-chunked</c> coding, taken apart: chunks, each with its signature where they are signed, and the trailers
/// behind them. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
/// </summary>
internal sealed class ChunkedBody
{
    public const string TrailerSignatureName = "x-amz-trailer-signature";

    /// <summary>S3's own rule: only the last chunk may be smaller.</summary>
    private const int SmallestChunk = 8192;

    private const int MaxLine = 1024;
    private const int MaxTrailers = 16;
    private const string SignatureMark = ";chunk-signature=";

    private readonly ReadOnlyMemory<byte> _encoded;
    private readonly List<Chunk> _chunks = [];
    private readonly List<KeyValuePair<string, string>> _trailers = [];
    private int _at;

    private ChunkedBody(ReadOnlyMemory<byte> encoded) => _encoded = encoded;

    /// <summary>In their order; the last one is empty.</summary>
    public IReadOnlyList<Chunk> Chunks => _chunks;

    /// <summary>Names in lower case, in their order, without the trailers' signature.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Trailers => _trailers;

    public string? TrailerSignature { get; private set; }

    public long Length { get; private set; }

    /// <exception cref="WireFormatException">With S3's error code.</exception>
    public static ChunkedBody Read(ReadOnlyMemory<byte> encoded)
    {
        var body = new ChunkedBody(encoded);
        while (body.ReadChunk())
        {
        }

        body.ReadTrailers();
        return body._at == encoded.Length ? body : throw Wrong("goes on after its end");
    }

    public ReadOnlySpan<byte> DataOf(Chunk chunk) => _encoded.Span.Slice(chunk.Start, chunk.Length);

    /// <summary>The chunks' bytes in one piece.</summary>
    public byte[] Decode()
    {
        var decoded = new ArrayBufferWriter<byte>((int)Math.Max(1, Length));
        foreach (var chunk in _chunks)
        {
            decoded.Write(DataOf(chunk));
        }

        return decoded.WrittenSpan.ToArray();
    }

    private bool ReadChunk()
    {
        var line = ReadLine();
        var mark = line.IndexOf(SignatureMark, StringComparison.Ordinal);
        var size = mark < 0 ? line : line[..mark];
        if (size.Length is 0 or > 8 || !int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0)
        {
            throw Wrong("has a chunk whose size is not a hexadecimal number");
        }

        if (_chunks is [.., { Length: < SmallestChunk }] && length > 0)
        {
            throw new WireFormatException($"Only the last chunk may have a size of less than {SmallestChunk} bytes.") { Code = "InvalidChunkSizeError" };
        }

        if (length > _encoded.Length - _at)
        {
            throw Wrong("ends inside a chunk");
        }

        _chunks.Add(new(_at, length, mark < 0 ? null : line[(mark + SignatureMark.Length)..]));
        _at += length;
        Length += length;
        if (length == 0)
        {
            return false;
        }

        return ReadLine().Length == 0 ? true : throw Wrong("has a chunk that is longer than it says");
    }

    private void ReadTrailers()
    {
        while (ReadLine() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || TrailerSignature is not null || _trailers.Count == MaxTrailers)
            {
                throw new WireFormatException("A trailer of the chunked body is not one, or there are too many.") { Code = "MalformedTrailerError" };
            }

            var (name, value) = (line[..colon].ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (name is TrailerSignatureName)
            {
                TrailerSignature = value;
            }
            else
            {
                _trailers.Add(new(name, value));
            }
        }
    }

    private string ReadLine()
    {
        var rest = _encoded.Span[_at..];
        var end = rest[..Math.Min(rest.Length, MaxLine)].IndexOf("\r\n"u8);
        if (end < 0)
        {
            throw Wrong("has a line without an end");
        }

        _at += end + 2;
        return Encoding.Latin1.GetString(rest[..end]);
    }

    private static WireFormatException Wrong(string problem) => new($"The chunked body {problem}.") { Code = "IncompleteBody" };

    /// <param name="Signature">As it stands in the chunk's line; null when it has none.</param>
    public sealed record Chunk(int Start, int Length, string? Signature);
}
