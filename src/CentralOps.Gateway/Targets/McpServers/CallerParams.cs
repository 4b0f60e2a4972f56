using System.Text.Json;
using CentralOps.Gateway.Mcp;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>
/// What a caller's params pass on. Members that a revision defines pass, others do not: a server would act on them in the gateway's name, and
/// nobody here has judged what they mean.
/// </summary>
internal sealed class CallerParams
{
    private const string ReservedPrefix = "io.modelcontextprotocol/";
    private const string ProgressTokenName = "progressToken";
    private const int MaxMetaMembers = 64;

    private List<(string Name, ReadOnlyMemory<byte> Json)>? _meta;
    private List<(string Name, ReadOnlyMemory<byte> Json)>? _stateless;

    public JsonToken Name { get; private set; }

    public JsonToken Arguments { get; private set; }

    public JsonToken Uri { get; private set; }

    public JsonToken Cursor { get; private set; }

    /// <summary>Of the caller's client; absent where it did not say.</summary>
    public JsonToken Capabilities { get; private set; }

    /// <summary>By which the caller wants to be told of progress; absent where he does not.</summary>
    public JsonToken ProgressToken { get; private set; }

    /// <summary>Without those that concern the hop from caller to gateway.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Json)> Meta => (IReadOnlyList<(string, ReadOnlyMemory<byte>)>?)_meta ?? [];

    /// <summary>A client's answers to what a server asked for.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Json)> Stateless => (IReadOnlyList<(string, ReadOnlyMemory<byte>)>?)_stateless ?? [];

    /// <param name="json">An object that was judged to be JSON, or nothing.</param>
    public static CallerParams Read(ReadOnlyMemory<byte> json)
    {
        var found = new CallerParams();
        if (json.IsEmpty)
        {
            return found;
        }

        var reader = Open(json);
        while (Next(ref reader, json, out var name, out var value))
        {
            found.Take(name, value);
        }

        return found;
    }

    private void Take(string name, JsonToken value)
    {
        switch (name)
        {
            case "name": Name = value; break;
            case "arguments": Arguments = value; break;
            case "uri": Uri = value; break;
            case "cursor": Cursor = value; break;
            case "inputResponses" or "requestState": (_stateless ??= []).Add((name, value.Raw)); break;
            case "_meta" when value.IsObject: TakeMeta(value.Raw); break;
            default: break;
        }
    }

    private void TakeMeta(ReadOnlyMemory<byte> meta)
    {
        var reader = Open(meta);
        while (Next(ref reader, meta, out var name, out var value))
        {
            if (string.Equals(name, MetaKeys.ClientCapabilities, StringComparison.Ordinal) && value.IsObject)
            {
                Capabilities = value;
            }
            else if (string.Equals(name, ProgressTokenName, StringComparison.Ordinal) && MessageRules.IsUsable(value))
            {
                ProgressToken = value;
            }
            else if (!name.StartsWith(ReservedPrefix, StringComparison.Ordinal) && !string.Equals(name, ProgressTokenName, StringComparison.Ordinal) && (_meta ??= []).Count < MaxMetaMembers)
            {
                _meta.Add((name, value.Raw));
            }
        }
    }

    private static Utf8JsonReader Open(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        return reader;
    }

    private static bool Next(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json, out string name, out JsonToken value)
    {
        (name, value) = ("", default);
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        name = reader.GetString()!;
        reader.Read();
        var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        reader.Skip();
        value = new(kind, json[start..(int)reader.BytesConsumed]);
        return true;
    }
}
