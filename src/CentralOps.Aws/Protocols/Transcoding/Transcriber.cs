using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>Transcodes any wire form to our JSON: one walk for every protocol, with nothing kept but the place where it is.</summary>
internal static class Transcriber
{
    /// <summary>The structure that the reader stands on, as a JSON object.</summary>
    public static void WriteStructure<TReader>(ref TReader reader, Shape shape, Utf8JsonWriter writer, TokenNode? tokens = null)
        where TReader : IWireReader, allows ref struct
    {
        writer.WriteStartObject();
        WriteMembers(ref reader, shape, writer, tokens);
        writer.WriteEndObject();
    }

    /// <summary>The members of the structure that the reader stands on, as properties of an object that is open already.</summary>
    /// <param name="isBound">The structure is an HTTP message: what has its place outside the body is not looked for in it. Such a place means nothing deeper down.</param>
    public static void WriteMembers<TReader>(
        ref TReader reader, Shape shape, Utf8JsonWriter writer, TokenNode? tokens = null, bool isBound = false)
        where TReader : IWireReader, allows ref struct
    {
        SplitLists? split = null;
        var scope = reader.Enter(shape);
        while (reader.NextMember(scope, shape) is { } member)
        {
            if (isBound && member.Location != MemberLocation.Body)
            {
                reader.Skip();
            }
            else if (reader.Splits(member))
            {
                (split ??= new()).Add(ref reader, member);
            }
            else
            {
                WriteMember(ref reader, member, writer, tokens);
            }
        }

        split?.WriteTo(writer);
    }

    /// <summary>A member as a property, which may lead to a token of the page.</summary>
    public static void WriteMember<TReader>(ref TReader reader, Member member, Utf8JsonWriter writer, TokenNode? tokens)
        where TReader : IWireReader, allows ref struct
    {
        if (tokens?.Child(member) is { } node)
        {
            WriteToken(ref reader, member, writer, node);
            return;
        }

        WriteProperty(ref reader, member, writer);
    }

    public static void WriteProperty<TReader>(ref TReader reader, Member member, Utf8JsonWriter writer)
        where TReader : IWireReader, allows ref struct
    {
        if (!reader.TakeNull(member))
        {
            writer.WritePropertyName(member.JsonName);
            WriteValue(ref reader, member, writer);
        }
    }

    /// <summary>Any value but null.</summary>
    public static void WriteValue<TReader>(ref TReader reader, Member member, Utf8JsonWriter writer)
        where TReader : IWireReader, allows ref struct
    {
        switch (member.Shape.Kind)
        {
            case ShapeKind.Structure:
                WriteStructure(ref reader, member.Shape, writer);
                break;
            case ShapeKind.List:
                WriteList(ref reader, member.Shape, writer);
                break;
            case ShapeKind.Map:
                WriteMap(ref reader, member.Shape, writer);
                break;
            default:
                reader.WriteScalar(member, writer);
                break;
        }
    }

    /// <summary>One element of a list; a null stays a null, so that positions hold.</summary>
    public static void WriteElement<TReader>(ref TReader reader, Member element, Utf8JsonWriter writer)
        where TReader : IWireReader, allows ref struct
    {
        if (reader.TakeNull(element))
        {
            writer.WriteNullValue();
            return;
        }

        WriteValue(ref reader, element, writer);
    }

    /// <summary>One entry of a map, as a property. A null is dropped, unless the map is said to hold some.</summary>
    public static void WriteEntry<TReader>(ref TReader reader, Shape map, Utf8JsonWriter writer)
        where TReader : IWireReader, allows ref struct
    {
        var entry = reader.EnterEntry(map, out var key, out var hasValue);
        if (!hasValue)
        {
            if (map.Sparse || map.IsWithoutValues)
            {
                writer.WriteNull(key);
            }

            return;
        }

        if (map.IsWithoutValues)
        {
            reader.Skip();
            writer.WriteNull(key);
        }
        else if (reader.TakeNull(map.Value!))
        {
            if (map.Sparse)
            {
                writer.WriteNull(key);
            }
        }
        else
        {
            writer.WritePropertyName(key);
            WriteValue(ref reader, map.Value!, writer);
        }

        reader.LeaveEntry(entry);
    }

    private static void WriteList<TReader>(ref TReader reader, Shape list, Utf8JsonWriter writer)
        where TReader : IWireReader, allows ref struct
    {
        writer.WriteStartArray();
        var scope = reader.Enter(list);
        while (reader.NextElement(scope))
        {
            WriteElement(ref reader, list.Element!, writer);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap<TReader>(ref TReader reader, Shape map, Utf8JsonWriter writer)
        where TReader : IWireReader, allows ref struct
    {
        writer.WriteStartObject();
        var scope = reader.Enter(map);
        while (reader.NextEntry(scope))
        {
            WriteEntry(ref reader, map, writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteToken<TReader>(ref TReader reader, Member member, Utf8JsonWriter writer, TokenNode node)
        where TReader : IWireReader, allows ref struct
    {
        if (reader.TakeNull(member))
        {
            return;
        }

        writer.WritePropertyName(member.JsonName);
        if (!node.IsToken)
        {
            WriteStructure(ref reader, member.Shape, writer, node);
            return;
        }

        node.Take(reader.ReadText(member));
        if (node.Text is null)
        {
            writer.WriteNullValue();
        }
        else if (!ScalarText.TryWrite(writer, member.Shape.Kind, node.Text))
        {
            throw new WireFormatException($"'{member.Name}' does not hold a {member.Shape.Kind} ({member.Shape.Name}).");
        }
    }
}
