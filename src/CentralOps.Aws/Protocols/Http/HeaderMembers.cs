using System.Text;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>Members that stand in headers, both ways.</summary>
internal static class HeaderMembers
{
    /// <summary>From our JSON into a header.</summary>
    public static void Take(ref InputReader input, Member member, HeaderList headers)
    {
        var name = member.LocationName ?? member.Name;
        if (member.Shape.Kind == ShapeKind.List)
        {
            var values = new List<string>();
            input.EnterList();
            while (input.NextElement())
            {
                values.Add(HeaderValues.Check(member.Name, input.Text(member.Shape.Element!, TimestampFormat.HttpDate)));
            }

            headers.Set(name, HeaderValues.Join(values, member.Shape.Element!.Shape.Kind));
            return;
        }

        var value = input.Text(member, TimestampFormat.HttpDate);
        headers.Set(name, member.JsonValue
            ? Convert.ToBase64String(Encoding.UTF8.GetBytes(value))
            : HeaderValues.Check(member.Name, value));
    }

    /// <summary>From our JSON into headers that share a prefix.</summary>
    public static void TakeMap(ref InputReader input, Member member, HeaderList headers)
    {
        input.EnterMap();
        while (input.NextEntry(out var key))
        {
            if (!input.IsNull)
            {
                headers.Set(CheckName(member, key), HeaderValues.Check(member.Name, input.Text(member.Shape.Value!, TimestampFormat.HttpDate)));
            }
        }
    }

    /// <summary>From headers into our JSON.</summary>
    /// <param name="isAnswer">An answer always has its map of headers, if an empty one; a request without any did not give the map.</param>
    public static void Write(Shape shape, HeaderList headers, Utf8JsonWriter writer, TokenNode? tokens, bool isAnswer)
    {
        foreach (var member in shape.MemberArray)
        {
            if (member.Location == MemberLocation.Headers)
            {
                WriteMap(member, headers, writer, isAnswer);
            }
            else if (member.Location == MemberLocation.Header && headers.TryGet(member.LocationName ?? member.Name, out var value))
            {
                writer.WritePropertyName(member.Utf8Name);
                WriteValue(member, value, writer);
                tokens?.Child(member)?.Take(value);
            }
        }
    }

    /// <summary>Pagination tokens that stand in headers.</summary>
    public static void FindTokens(Shape shape, HeaderList headers, TokenNode? tokens)
    {
        foreach (var member in shape.MemberArray)
        {
            if (member.Location == MemberLocation.Header && headers.TryGet(member.LocationName ?? member.Name, out var value))
            {
                tokens?.Child(member)?.Take(value);
            }
        }
    }

    private static void WriteMap(Member member, HeaderList headers, Utf8JsonWriter writer, bool open)
    {
        var prefix = member.LocationName ?? "";
        if (open)
        {
            writer.WriteStartObject(member.Utf8Name);
        }

        foreach (var (name, value) in headers)
        {
            if (!name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!open)
            {
                writer.WriteStartObject(member.Utf8Name);
                open = true;
            }

            writer.WriteString(name[prefix.Length..], value);
        }

        if (open)
        {
            writer.WriteEndObject();
        }
    }

    private static void WriteValue(Member member, string value, Utf8JsonWriter writer)
    {
        if (member.Shape.Kind == ShapeKind.List)
        {
            writer.WriteStartArray();
            foreach (var element in HeaderValues.Split(value, member.Shape.Element!.Shape))
            {
                WriteScalar(member, member.Shape.Element.Shape, element, writer);
            }

            writer.WriteEndArray();
            return;
        }

        WriteScalar(member, member.Shape, member.JsonValue ? Decode(member, value) : value, writer);
    }

    private static void WriteScalar(Member member, Shape shape, string value, Utf8JsonWriter writer)
    {
        if (!ScalarText.TryWrite(writer, shape.Kind, value))
        {
            throw new WireFormatException($"The header of '{member.Name}' does not hold a {shape.Kind}.");
        }
    }

    private static string Decode(Member member, string value)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(value));
        }
        catch (FormatException exception)
        {
            throw new WireFormatException($"The header of '{member.Name}' is not base64.", exception);
        }
    }

    private static string CheckName(Member member, string key)
    {
        foreach (var character in key)
        {
            if (!char.IsAsciiLetterOrDigit(character) && !"!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal))
            {
                throw new InputException($"'{member.Name}' is sent as headers: a key may hold letters, digits and !#$%&'*+-.^_`|~ only.");
            }
        }

        return member.LocationName + key;
    }
}
