using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Forms;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>Members of a request that stand in its path or its query, into our JSON.</summary>
internal static class QueryMembers
{
    public static void Write(OperationModel operation, string path, string queryText, Utf8JsonWriter writer)
    {
        var template = UriTemplate.Parse(operation.RequestUri);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        template.TryMatch(path, labels);
        var query = new List<KeyValuePair<string, string>>();
        FormData.Add(queryText, query);
        query.RemoveAll(pair => IsFixed(template, pair.Key));
        foreach (var member in operation.Input?.MemberArray ?? [])
        {
            var name = member.LocationName ?? member.Name;
            if (member.Location == MemberLocation.Uri && labels.TryGetValue(name, out var label))
            {
                writer.WritePropertyName(member.Utf8Name);
                WriteScalar(member, member.Shape.Kind, label, writer);
            }
            else if (member.Location == MemberLocation.QueryString)
            {
                WriteQuery(operation.Input!, member, name, query, writer);
            }
        }
    }

    private static bool IsFixed(UriTemplate template, string name)
    {
        foreach (var (known, _) in template.Query)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteQuery(Shape input, Member member, string name, List<KeyValuePair<string, string>> query, Utf8JsonWriter writer)
    {
        if (member.Shape.Kind == ShapeKind.Map)
        {
            WriteMap(input, member, query, writer);
        }
        else if (FormData.Find(query, name) is { } first)
        {
            writer.WritePropertyName(member.Utf8Name);
            if (member.Shape.Kind == ShapeKind.List)
            {
                WriteList(member, member.Shape, name, query, writer);
            }
            else
            {
                WriteScalar(member, member.Shape.Kind, first, writer);
            }
        }
    }

    // Every parameter that no member of its own takes.
    private static void WriteMap(Shape input, Member member, List<KeyValuePair<string, string>> query, Utf8JsonWriter writer)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var other in input.MemberArray)
        {
            if (other.Location == MemberLocation.QueryString && other.Shape.Kind != ShapeKind.Map)
            {
                written.Add(other.LocationName ?? other.Name);
            }
        }

        var open = false;
        foreach (var (name, value) in query)
        {
            if (!written.Add(name))
            {
                continue;
            }

            if (!open)
            {
                writer.WriteStartObject(member.Utf8Name);
                open = true;
            }

            writer.WritePropertyName(name);
            if (member.Shape.Value!.Shape.Kind == ShapeKind.List)
            {
                WriteList(member, member.Shape.Value.Shape, name, query, writer);
            }
            else
            {
                WriteScalar(member, member.Shape.Value.Shape.Kind, value, writer);
            }
        }

        if (open)
        {
            writer.WriteEndObject();
        }
    }

    private static void WriteList(Member member, Shape list, string name, List<KeyValuePair<string, string>> query, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var pair in query)
        {
            if (string.Equals(pair.Key, name, StringComparison.Ordinal))
            {
                WriteScalar(member, list.Element!.Shape.Kind, pair.Value, writer);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteScalar(Member member, ShapeKind kind, string value, Utf8JsonWriter writer)
    {
        if (!ScalarText.TryWrite(writer, kind, value))
        {
            throw new WireFormatException($"'{member.Name}' does not hold a {kind}.");
        }
    }
}
