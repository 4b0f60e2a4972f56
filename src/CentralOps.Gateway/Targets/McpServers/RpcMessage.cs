using System.Text.Json;
using System.Text.Unicode;
using CentralOps.Gateway.Mcp;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>What a JSON-RPC message from a server is.</summary>
internal enum RpcKind
{
    /// <summary>Not JSON, not JSON-RPC, or something two readers could read differently.</summary>
    Garbage,
    Result,
    Error,
    Request,
    Notification,
}

/// <summary>A message that a server sent, as slices of its bytes.</summary>
/// <param name="Payload">The result, the error, or a notification's params.</param>
internal readonly record struct RpcMessage(RpcKind Kind, JsonToken Id, string Method, JsonToken Payload)
{
    // Answers are passed on, not read: this only keeps readers' memory bounded.
    public const int MaxDepth = 256;

    private const int MaxMethodBytes = 256;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    public static RpcMessage Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return Utf8.IsValid(json.Span) ? ReadMembers(WellFormedJson.Of(json)) : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default;
        }
    }

    /// <summary>The request with this number is answered by it. Errors may come without an id: the server could not read ours.</summary>
    public bool Answers(long id) => Kind switch
    {
        RpcKind.Result => IsNumber(Id, id),
        RpcKind.Error => Id.IsAbsent || Id.Kind == JsonTokenType.Null || IsNumber(Id, id),
        _ => false,
    };

    public static bool IsNumber(JsonToken token, long id) =>
        token.Kind == JsonTokenType.Number && System.Buffers.Text.Utf8Parser.TryParse(token.Raw.Span, out long number, out var read) && read == token.Raw.Length && number == id;

    /// <summary>The value behind the name that the reader is on.</summary>
    public static JsonToken Take(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        reader.Read();
        var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        reader.Skip();
        return new(kind, json[start..(int)reader.BytesConsumed]);
    }

    private static RpcMessage ReadMembers(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        var (id, method, result, error, parameters) = (default(JsonToken), default(JsonToken), default(JsonToken), default(JsonToken), default(JsonToken));
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var bit = Bit(ref reader);
            if ((seen & bit) != 0)
            {
                return default;
            }

            seen |= bit;
            var value = Take(ref reader, json);
            switch (bit)
            {
                case 1: id = value; break;
                case 2: method = value; break;
                case 4: result = value; break;
                case 8: error = value; break;
                case 16: parameters = value; break;
                default: break;
            }
        }

        // Nothing may follow the object.
        reader.Read();
        return Sort(id, method, result, error, parameters);
    }

    private static RpcMessage Sort(JsonToken id, JsonToken method, JsonToken result, JsonToken error, JsonToken parameters) => (method, result, error) switch
    {
        ({ IsAbsent: true }, { IsObject: true }, { IsAbsent: true }) => new(RpcKind.Result, id, "", result),
        ({ IsAbsent: true }, { IsAbsent: true }, { IsObject: true }) => new(RpcKind.Error, id, "", error),
        ({ IsString: true, Raw.Length: <= MaxMethodBytes }, { IsAbsent: true }, { IsAbsent: true }) when id.IsAbsent => new(RpcKind.Notification, id, method.Text(), parameters),
        ({ IsString: true, Raw.Length: <= MaxMethodBytes }, { IsAbsent: true }, { IsAbsent: true }) when MessageRules.IsUsable(id) => new(RpcKind.Request, id, method.Text(), default),
        _ => default,
    };

    private static int Bit(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("id"u8) ? 1 : reader.ValueTextEquals("method"u8) ? 2 : reader.ValueTextEquals("result"u8) ? 4 : reader.ValueTextEquals("error"u8) ? 8
        : reader.ValueTextEquals("params"u8) ? 16 : 0;
}
