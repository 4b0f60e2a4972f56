using System.Text;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>Values of headers: checked, and lists of them. https://smithy.io/2.0/spec/http-bindings.html#httpheader-trait</summary>
internal static class HeaderValues
{
    /// <exception cref="InputException">The value could end the header and begin another one, or is not ASCII.</exception>
    public static string Check(string name, string value)
    {
        foreach (var character in value)
        {
            if (character is (< ' ' and not '\t') or > '~')
            {
                throw new InputException($"'{name}' is sent as a header: it may hold printable ASCII only.");
            }
        }

        return value;
    }

    /// <summary>Elements by comma; one that holds a comma or a quotation mark stands in quotation marks.</summary>
    public static string Join(IReadOnlyList<string> values, ShapeKind kind)
    {
        var text = new StringBuilder();
        foreach (var value in values)
        {
            text.Append(text.Length > 0 ? ", " : "");
            if (kind == ShapeKind.String && value.AsSpan().ContainsAny(',', '"'))
            {
                text.Append('"').Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                text.Append(value);
            }
        }

        return text.ToString();
    }

    public static List<string> Split(string header, Shape element)
    {
        var values = new List<string>();
        var rest = header.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            values.Add(rest[0] == '"' ? TakeQuoted(ref rest) : TakePlain(ref rest, element));
        }

        return values;
    }

    private static string TakePlain(ref ReadOnlySpan<char> rest, Shape element)
    {
        var end = rest.IndexOf(',');
        if (element.Kind == ShapeKind.Timestamp && end is >= 0 and <= 3)
        {
            // An HTTP date has a comma of its own, after the day's name.
            var next = rest[(end + 1)..].IndexOf(',');
            end = next < 0 ? -1 : end + 1 + next;
        }

        var value = (end < 0 ? rest : rest[..end]).Trim().ToString();
        rest = end < 0 ? [] : rest[(end + 1)..].TrimStart();
        return value;
    }

    private static string TakeQuoted(ref ReadOnlySpan<char> rest)
    {
        var value = new StringBuilder();
        var i = 1;
        while (i < rest.Length && rest[i] != '"')
        {
            i += rest[i] == '\\' && i + 1 < rest.Length ? 1 : 0;
            value.Append(rest[i]);
            i++;
        }

        rest = i < rest.Length ? rest[(i + 1)..].TrimStart() : [];
        rest = rest is [',', ..] ? rest[1..].TrimStart() : rest;
        return value.ToString();
    }
}
