using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Json;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>
/// Flattened lists and maps of one structure. Their elements stand among their siblings and may interleave, so each is
/// collected until the structure ends: the one case in which transcoding buffers.
/// </summary>
internal sealed class SplitLists
{
    private readonly List<Collected> _lists = [];

    public void Add<TReader>(ref TReader reader, Member member)
        where TReader : IWireReader, allows ref struct
    {
        var writer = WriterOf(member);
        if (member.Shape.Kind == ShapeKind.Map)
        {
            Transcriber.WriteEntry(ref reader, member.Shape, writer);
            return;
        }

        Transcriber.WriteElement(ref reader, member.Shape.Element!, writer);
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        foreach (var (member, json) in Complete())
        {
            writer.WritePropertyName(member.JsonName);
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
    }

    /// <summary>Closes every list and tells what it holds, as our JSON.</summary>
    public IEnumerable<(Member Member, ReadOnlyMemory<byte> Json)> Complete()
    {
        foreach (var list in _lists)
        {
            if (list.Member.Shape.Kind == ShapeKind.Map)
            {
                list.Writer.WriteEndObject();
            }
            else
            {
                list.Writer.WriteEndArray();
            }

            list.Writer.Flush();
            list.Writer.Dispose();
            yield return (list.Member, list.Bytes.WrittenMemory);
        }
    }

    private Utf8JsonWriter WriterOf(Member member)
    {
        foreach (var list in _lists)
        {
            if (ReferenceEquals(list.Member, member))
            {
                return list.Writer;
            }
        }

        var bytes = new ArrayBufferWriter<byte>();
        var writer = JsonOutput.Writer(bytes);
        if (member.Shape.Kind == ShapeKind.Map)
        {
            writer.WriteStartObject();
        }
        else
        {
            writer.WriteStartArray();
        }

        _lists.Add(new(member, bytes, writer));
        return writer;
    }

    private sealed record Collected(Member Member, ArrayBufferWriter<byte> Bytes, Utf8JsonWriter Writer);
}
