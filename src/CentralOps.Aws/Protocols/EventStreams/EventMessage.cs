using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.EventStreams;

/// <summary>
/// One message of a stream: length of the whole, length of the headers, their CRC; headers; payload; CRC of all before it.
/// https://smithy.io/2.0/aws/amazon-eventstream.html#message-encoding
/// </summary>
internal sealed class EventMessage
{
    public const int PreludeLength = 12;

    private const int CrcLength = 4;
    private const int MaxHeadersLength = 128 * 1024;
    private const int MaxLength = 24 * 1024 * 1024;
    private const int MaxHeaders = 256;

    private readonly List<EventHeader> _headers = [];

    private EventMessage(ReadOnlyMemory<byte> payload) => Payload = payload;

    public IReadOnlyList<EventHeader> Headers => _headers;

    /// <summary>Lies in the bytes that the message was read from.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The length of the whole message, from its first twelve bytes.</summary>
    /// <exception cref="WireFormatException">They are not whole, or the message would be larger than any may be.</exception>
    public static int LengthOf(ReadOnlySpan<byte> prelude)
    {
        if ((uint)Crc.Crc32.Of(prelude[..8]) != BinaryPrimitives.ReadUInt32BigEndian(prelude[8..]))
        {
            throw Wrong("the checksum of its beginning is wrong");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(prelude);
        var headers = BinaryPrimitives.ReadUInt32BigEndian(prelude[4..]);
        return headers <= MaxHeadersLength && length <= MaxLength && length >= PreludeLength + CrcLength + headers
            ? (int)length
            : throw Wrong("its lengths are impossible or beyond what is read");
    }

    /// <param name="bytes">The whole message.</param>
    public static EventMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < PreludeLength + CrcLength || LengthOf(span[..PreludeLength]) != span.Length)
        {
            throw Wrong("it is not as long as it says");
        }

        if ((uint)Crc.Crc32.Of(span[..^CrcLength]) != BinaryPrimitives.ReadUInt32BigEndian(span[^CrcLength..]))
        {
            throw Wrong("its checksum is wrong");
        }

        var headers = (int)BinaryPrimitives.ReadUInt32BigEndian(span[4..]);
        var message = new EventMessage(bytes[(PreludeLength + headers)..^CrcLength]);
        for (var rest = bytes.Slice(PreludeLength, headers); !rest.IsEmpty;)
        {
            message.Add(TakeHeader(ref rest));
        }

        return message;
    }

    public static void Write(IBufferWriter<byte> into, IReadOnlyList<EventHeader> headers, ReadOnlySpan<byte> payload)
    {
        var coded = new ArrayBufferWriter<byte>();
        foreach (var header in headers)
        {
            WriteHeader(coded, header);
        }

        var length = PreludeLength + coded.WrittenCount + payload.Length + CrcLength;
        var span = into.GetSpan(length)[..length];
        BinaryPrimitives.WriteUInt32BigEndian(span, (uint)length);
        BinaryPrimitives.WriteUInt32BigEndian(span[4..], (uint)coded.WrittenCount);
        BinaryPrimitives.WriteUInt32BigEndian(span[8..], (uint)Crc.Crc32.Of(span[..8]));
        coded.WrittenSpan.CopyTo(span[PreludeLength..]);
        payload.CopyTo(span[(PreludeLength + coded.WrittenCount)..]);
        BinaryPrimitives.WriteUInt32BigEndian(span[^CrcLength..], (uint)Crc.Crc32.Of(span[..^CrcLength]));
        into.Advance(length);
    }

    public EventHeader? Find(string name)
    {
        foreach (var header in _headers)
        {
            if (string.Equals(header.Name, name, StringComparison.Ordinal))
            {
                return header;
            }
        }

        return null;
    }

    public string? FindText(string name) => Find(name)?.Text;

    private static EventHeader TakeHeader(ref ReadOnlyMemory<byte> rest)
    {
        var name = Encoding.UTF8.GetString(Take(ref rest, Take(ref rest, 1).Span[0]).Span);
        var kind = (EventHeaderKind)Take(ref rest, 1).Span[0];
        if (kind > EventHeaderKind.Uuid || name.Length == 0)
        {
            throw Wrong("it has a header without a name or of no known type");
        }

        var size = EventHeader.SizeOf(kind);
        size = size >= 0 ? size : BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, 2).Span);
        return new EventHeader(name, kind, Take(ref rest, size));
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int count)
    {
        if (count > rest.Length)
        {
            throw Wrong("a header goes beyond the headers' end");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static void WriteHeader(ArrayBufferWriter<byte> into, EventHeader header)
    {
        var name = Encoding.UTF8.GetBytes(header.Name);
        into.Write([(byte)name.Length, .. name, (byte)header.Kind]);
        if (EventHeader.SizeOf(header.Kind) < 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(into.GetSpan(2), (ushort)header.Value.Length);
            into.Advance(2);
        }

        into.Write(header.Value.Span);
    }

    private static WireFormatException Wrong(string problem) => new($"A message of the event stream is broken: {problem}.");

    private void Add(EventHeader header)
    {
        if (_headers.Count == MaxHeaders || Find(header.Name) is not null)
        {
            throw Wrong("it has a header twice, or too many");
        }

        _headers.Add(header);
    }
}
