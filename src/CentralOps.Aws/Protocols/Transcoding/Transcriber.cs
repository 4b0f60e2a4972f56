using System.Text.Json;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>Transcodes any wire form to our JSON: one walk for every protocol, with nothing kept but the place where it is.</summary>
internal static class Transcriber
{
    /// <summary>The structure that the reader stands on, as a JSON object.</summary>
    public static void WriteStructure<TReader>(ref TReader reader, Shape shape, Utf8JsonWriter writer, TokenCapture? token = null, int tokenDepth = -1)
        where TReader : IWireReader, allows ref struct
    {
        writer.WriteStartObject();
        WriteMembers(ref reader, shape, writer, token, tokenDepth);
        writer.WriteEndObject();
    }

    /// <summary>The members of the structure that the reader stands on, as properties of an object that is open already.</summary>
    /// <param name="isBound">The structure is an HTTP message: what has its place outside the body is not looked for in it. Such a place means nothing deeper down.</param>
    public static void WriteMembers<TReader>(
        ref TReader reader, Shape shape, Utf8JsonWriter writer, TokenCapture? token = null, int tokenDepth = -1, bool isBound = false)
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
                WriteMember(ref reader, member, writer, token, tokenDepth);
            }
        }

        split?.WriteTo(writer);
    }

    /// <summary>A member as a property, which may lead to the page's token.</summary>
    public static void WriteMember<TReader>(ref TReader reader, Member member, Utf8JsonWriter writer, TokenCapture? token, int tokenDepth)
        where TReader : IWireReader, allows ref struct
    {
        if (token is not null && token.At(tokenDepth, member))
        {
            WriteToken(ref reader, member, writer, token, tokenDepth);
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
            if (map.Sparse)
            {
                writer.WriteNull(key);
            }

            return;
        }

        if (reader.TakeNull(map.Value!))
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

    private static void WriteToken<TReader>(ref TReader reader, Member member, Utf8JsonWriter writer, TokenCapture token, int tokenDepth)
        where TReader : IWireReader, allows ref struct
    {
        if (reader.TakeNull(member))
        {
            return;
        }

        writer.WritePropertyName(member.JsonName);
        if (token.EndsAt(tokenDepth))
        {
            token.Take(reader.ReadText(member));
            writer.WriteStringValue(token.Text);
            return;
        }

        WriteStructure(ref reader, member.Shape, writer, token, tokenDepth + 1);
    }
}
