using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Json;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>
/// Writes projected items, one at a time. An item's fields come in the wire's order and leave in the projection's, so the values
/// wait in one buffer that all items share; what is not wanted is passed over undecoded.
/// </summary>
internal sealed class ItemWriter : IDisposable
{
    private readonly Transcription _into;
    private readonly Selection _selection;
    private readonly ArrayBufferWriter<byte> _scratch = new(1024);
    private readonly Utf8JsonWriter _values;
    private readonly Utf8JsonWriter _items;
    private readonly (int Start, int Length)[] _fields;

    public ItemWriter(Transcription into, Selection selection)
    {
        _into = into;
        _selection = selection;
        _values = JsonOutput.Writer(_scratch);
        _items = JsonOutput.Writer(into.Output);
        _fields = new (int, int)[into.Projection!.FieldArray.Length];
    }

    public void Write<TReader>(ref TReader reader, Member item)
        where TReader : IWireReader, allows ref struct
    {
        if (!_into.Admit())
        {
            reader.Skip();
            return;
        }

        _scratch.ResetWrittenCount();
        Array.Clear(_fields);
        if (_fields.Length == 0)
        {
            Begin();
            Transcriber.WriteElement(ref reader, item, _values);
        }
        else if (!reader.TakeNull(item))
        {
            Collect(ref reader, item.Shape, _selection.Tree);
        }

        Emit();
    }

    public void Dispose()
    {
        _values.Dispose();
        _items.Dispose();
    }

    private void Collect<TReader>(ref TReader reader, Shape shape, Selection.Node node)
        where TReader : IWireReader, allows ref struct
    {
        SplitLists? split = null;
        var scope = reader.Enter(shape);
        while (reader.NextMember(scope, shape) is { } member)
        {
            if (node.Child(member) is not { } child)
            {
                reader.Skip();
            }
            else if (reader.Splits(member))
            {
                (split ??= new()).Add(ref reader, member);
            }
            else if (!reader.TakeNull(member))
            {
                Take(ref reader, member, child);
            }
        }

        if (split is not null)
        {
            TakeSplit(split, node);
        }
    }

    private void Take<TReader>(ref TReader reader, Member member, Selection.Node node)
        where TReader : IWireReader, allows ref struct
    {
        if (node.HasChildren)
        {
            Collect(ref reader, member.Shape, node);
            return;
        }

        var start = Begin();
        if (node.Tags is { Key: not null } tags)
        {
            TagMaps.Write(ref reader, member.Shape, tags, _values);
        }
        else if (node.Kind == FieldKind.MapNames)
        {
            MapNames.Write(ref reader, member.Shape, _values);
        }
        else
        {
            Transcriber.WriteValue(ref reader, member, _values);
        }

        End(node, start);
    }

    // A flattened list is whole only now. It is our JSON already; tags are read from that once more.
    private void TakeSplit(SplitLists split, Selection.Node node)
    {
        foreach (var (member, json) in split.Complete())
        {
            var child = node.Child(member)!;
            var start = Begin();
            if (child.Tags is { Key: not null } tags)
            {
                TagMaps.Write(json.Span, tags, _values);
            }
            else if (child.Kind == FieldKind.MapNames)
            {
                MapNames.Write(json.Span, _values);
            }
            else
            {
                _values.WriteRawValue(json.Span, skipInputValidation: true);
            }

            End(child, start);
        }
    }

    private int Begin()
    {
        _values.Flush();
        _values.Reset();
        return _scratch.WrittenCount;
    }

    private void End(Selection.Node node, int start)
    {
        _values.Flush();
        foreach (var field in node.Fields)
        {
            _fields[field] = (start, _scratch.WrittenCount - start);
        }
    }

    private void Emit()
    {
        _values.Flush();
        if (_into.Written > 0)
        {
            _into.Output.Write(","u8);
        }

        _items.Reset();
        if (_fields.Length == 0)
        {
            _items.WriteRawValue(_scratch.WrittenSpan, skipInputValidation: true);
        }
        else
        {
            WriteFields();
        }

        _items.Flush();
        _into.Written++;
    }

    private void WriteFields()
    {
        var fields = _into.Projection!.FieldArray;
        _items.WriteStartObject();
        for (var i = 0; i < _fields.Length; i++)
        {
            _items.WritePropertyName(fields[i].Utf8Name);
            var (start, length) = _fields[i];
            if (length > 0)
            {
                _items.WriteRawValue(_scratch.WrittenSpan.Slice(start, length), skipInputValidation: true);
            }
            else
            {
                _items.WriteRawValue(EmptyValue(fields[i].Kind), skipInputValidation: true);
            }
        }

        _items.WriteEndObject();
    }

    private static ReadOnlySpan<byte> EmptyValue(FieldKind kind) => kind switch
    {
        FieldKind.TagMap => "{}"u8,
        FieldKind.MapNames => "[]"u8,
        _ => "null"u8,
    };
}
