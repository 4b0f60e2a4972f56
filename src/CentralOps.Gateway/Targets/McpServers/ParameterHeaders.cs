using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>
/// The parameters of a tool that its server wants in headers too: <c>x-mcp-header</c> in the input schema, <c>Mcp-Param-…</c> in the request
/// (MCP 2026-07-28, Streamable HTTP).
/// </summary>
internal sealed class ParameterHeaders
{
    private const string Keyword = "x-mcp-header";
    private const string HeaderPrefix = "Mcp-Param-";
    private const int MaxHeaders = 64;
    private const int MaxNodes = 10_000;
    private const int MaxNameLength = 128;

    private readonly List<(string Header, string[] Path)> _headers = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private int _nodes;

    private ParameterHeaders()
    {
    }

    public bool IsEmpty => _headers.Count == 0;

    /// <param name="problem">Why the tool must not be used: an annotation that breaks the rules.</param>
    public static ParameterHeaders? TryRead(JsonElement schema, out string problem)
    {
        var found = new ParameterHeaders();
        problem = found.Walk(schema, [], reachable: true) ?? "";
        return problem.Length == 0 ? found : null;
    }

    /// <summary>The headers of one call.</summary>
    /// <param name="arguments">The arguments object.</param>
    public IEnumerable<KeyValuePair<string, string>> For(ReadOnlyMemory<byte> arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        var headers = new List<KeyValuePair<string, string>>(_headers.Count);
        foreach (var (header, path) in _headers)
        {
            if (Find(document.RootElement, path) is { } value && McpHeaderEncoder.ConvertToHeaderValue(value) is { } encoded)
            {
                headers.Add(new(header, encoded));
            }
        }

        return headers;
    }

    /// <summary>
    /// Whether a request repeats its arguments: whoever routes by a header has to see what the tool will get. The server behind the gateway
    /// cannot tell, because the gateway writes its headers anew from the arguments.
    /// </summary>
    /// <returns>The first header that is not its argument; null where all are.</returns>
    public string? Differing(IHeaderDictionary sent, ReadOnlyMemory<byte> arguments)
    {
        using var document = JsonDocument.Parse(arguments);
        foreach (var (header, path) in _headers)
        {
            var value = Find(document.RootElement, path);
            if (!Agree(value, sent.TryGetValue(header, out var values) ? values.ToString() : null))
            {
                return header;
            }
        }

        return null;
    }

    private static bool Agree(JsonElement? value, string? sent)
    {
        if (value is null || sent is null)
        {
            return value is null && sent is null;
        }

        if (McpHeaderEncoder.DecodeValue(sent) is not { } given)
        {
            return false;
        }

        // 42 and 42.0 are one integer.
        return value.Value.ValueKind == JsonValueKind.Number
            ? decimal.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && value.Value.TryGetDecimal(out var wanted) && number == wanted
            : McpHeaderEncoder.ConvertToHeaderValue(value.Value) is { } encoded && string.Equals(McpHeaderEncoder.DecodeValue(encoded), given, StringComparison.Ordinal);
    }

    private static JsonElement? Find(JsonElement value, string[] path)
    {
        foreach (var step in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
            {
                return null;
            }
        }

        return value.ValueKind is JsonValueKind.Null ? null : value;
    }

    /// <param name="reachable">From the root through 'properties' alone.</param>
    private string? Walk(JsonElement schema, string[] path, bool reachable)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            return WalkItems(schema, path);
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (++_nodes > MaxNodes)
        {
            return "its input schema is too large to be looked through";
        }

        if (schema.TryGetProperty(Keyword, out var name) && Annotate(schema, name, path, reachable) is { } wrong)
        {
            return wrong;
        }

        foreach (var keyword in schema.EnumerateObject())
        {
            var inner = keyword.Name switch
            {
                "properties" => WalkProperties(keyword.Value, path, reachable),
                // Data, where nothing is annotated.
                "enum" or "const" or "default" or "examples" => null,
                _ => Walk(keyword.Value, path, reachable: false),
            };
            if (inner is not null)
            {
                return inner;
            }
        }

        return null;
    }

    private string? WalkItems(JsonElement schemas, string[] path)
    {
        foreach (var schema in schemas.EnumerateArray())
        {
            if (Walk(schema, path, reachable: false) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private string? WalkProperties(JsonElement properties, string[] path, bool reachable)
    {
        foreach (var property in properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject() : default)
        {
            if (Walk(property.Value, [.. path, property.Name], reachable) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private string? Annotate(JsonElement schema, JsonElement name, string[] path, bool reachable)
    {
        if (name.ValueKind != JsonValueKind.String || name.GetString() is not { Length: > 0 and <= MaxNameLength } text || !IsToken(text))
        {
            return $"an {Keyword} is not the name of a header";
        }

        if (!reachable || path.Length == 0)
        {
            return $"the {Keyword} '{text}' stands where no single argument is meant";
        }

        var type = schema.TryGetProperty("type", out var stated) && stated.ValueKind == JsonValueKind.String ? stated.GetString() : null;
        if (type is not ("string" or "integer" or "boolean"))
        {
            return $"the {Keyword} '{text}' stands at a parameter that is no string, integer or boolean";
        }

        if (!_names.Add(text) || _headers.Count >= MaxHeaders)
        {
            return $"the {Keyword} '{text}' is there twice, or there are more than {MaxHeaders}";
        }

        _headers.Add((HeaderPrefix + text, path));
        return null;
    }

    private static bool IsToken(string text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && !"!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
