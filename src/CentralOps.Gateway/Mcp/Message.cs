using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Mcp;

/// <summary>
/// A JSON-RPC message with the members that a gateway acts on, each as a slice of the request's bytes. Reading it never fails: what is
/// wrong with it is judged by <see cref="MessageRules"/>, when the id to answer with is known.
/// </summary>
internal sealed class Message
{
    private bool _hasId;

    /// <summary>The bytes are an object at all.</summary>
    public bool IsObject { get; private set; }

    public JsonToken Version { get; private set; }

    public JsonToken Id { get; private set; }

    public JsonToken MethodName { get; private set; }

    public McpMethod Method { get; private set; }

    /// <summary>It has a result or an error: the client answers a question that was never asked.</summary>
    public bool IsResponse { get; private set; }

    public JsonToken Params { get; private set; }

    /// <summary>Of tools/call: the tool's; of prompts/get: the prompt's.</summary>
    public JsonToken Name { get; private set; }

    /// <summary>Of resources/read.</summary>
    public JsonToken Uri { get; private set; }

    /// <summary>Of tools/call.</summary>
    public JsonToken Arguments { get; private set; }

    /// <summary>Of the lists.</summary>
    public JsonToken Cursor { get; private set; }

    /// <summary>Of initialize.</summary>
    public JsonToken RequestedVersion { get; private set; }

    public JsonToken Meta { get; private set; }

    public JsonToken MetaVersion { get; private set; }

    public JsonToken MetaClientInfo { get; private set; }

    public JsonToken MetaCapabilities { get; private set; }

    public bool IsNotification => Id.IsAbsent;

    /// <summary>
    /// Reads as far as the bytes can be read. <see cref="StrictJson"/> has judged them before; where it found a problem, this only serves to
    /// know the id that the refusal goes to.
    /// </summary>
    public static Message Read(ReadOnlyMemory<byte> json)
    {
        var message = new Message();
        try
        {
            message.ReadMembers(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return message;
        }

        return message;
    }

    private void ReadMembers(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        IsObject = reader.TokenType == JsonTokenType.StartObject;
        while (IsObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref reader, json);
        }
    }

    private void ReadMember(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        if (reader.ValueTextEquals("jsonrpc"u8))
        {
            Version = Take(ref reader, json);
        }
        else if (reader.ValueTextEquals("id"u8))
        {
            // Named twice, it is neither: the message is refused, and no answer may go to one of two.
            var id = Take(ref reader, json);
            Id = _hasId ? default : id;
            _hasId = true;
        }
        else if (reader.ValueTextEquals("method"u8))
        {
            MethodName = Take(ref reader, json);
            Method = Recognize(MethodName);
        }
        else if (reader.ValueTextEquals("params"u8))
        {
            reader.Read();
            ReadParams(ref reader, json);
        }
        else
        {
            IsResponse |= reader.ValueTextEquals("result"u8) || reader.ValueTextEquals("error"u8);
            Take(ref reader, json);
        }
    }

    private void ReadParams(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        if (kind != JsonTokenType.StartObject)
        {
            reader.Skip();
        }

        while (kind == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("name"u8))
            {
                Name = Take(ref reader, json);
            }
            else if (reader.ValueTextEquals("uri"u8))
            {
                Uri = Take(ref reader, json);
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                Arguments = Take(ref reader, json);
            }
            else if (reader.ValueTextEquals("cursor"u8))
            {
                Cursor = Take(ref reader, json);
            }
            else if (reader.ValueTextEquals("protocolVersion"u8))
            {
                RequestedVersion = Take(ref reader, json);
            }
            else if (reader.ValueTextEquals("_meta"u8))
            {
                reader.Read();
                ReadMeta(ref reader, json);
            }
            else
            {
                Take(ref reader, json);
            }
        }

        Params = new(kind, json[start..(int)reader.BytesConsumed]);
    }

    private void ReadMeta(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        if (kind != JsonTokenType.StartObject)
        {
            reader.Skip();
        }

        while (kind == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(MetaKeys.ProtocolVersion))
            {
                MetaVersion = Take(ref reader, json);
            }
            else if (reader.ValueTextEquals(MetaKeys.ClientInfo))
            {
                MetaClientInfo = Take(ref reader, json);
            }
            else if (reader.ValueTextEquals(MetaKeys.ClientCapabilities))
            {
                MetaCapabilities = Take(ref reader, json);
            }
            else
            {
                Take(ref reader, json);
            }
        }

        Meta = new(kind, json[start..(int)reader.BytesConsumed]);
    }

    private static JsonToken Take(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        reader.Read();
        var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        reader.Skip();
        return new(kind, json[start..(int)reader.BytesConsumed]);
    }

    private static McpMethod Recognize(JsonToken name) => name switch
    {
        { IsString: false } => McpMethod.Unknown,
        _ when name.TextEquals(RequestMethods.ToolsCall) => McpMethod.CallTool,
        _ when name.TextEquals(RequestMethods.ToolsList) => McpMethod.ListTools,
        _ when name.TextEquals(RequestMethods.PromptsList) => McpMethod.ListPrompts,
        _ when name.TextEquals(RequestMethods.PromptsGet) => McpMethod.GetPrompt,
        _ when name.TextEquals(RequestMethods.ResourcesList) => McpMethod.ListResources,
        _ when name.TextEquals(RequestMethods.ResourcesTemplatesList) => McpMethod.ListResourceTemplates,
        _ when name.TextEquals(RequestMethods.ResourcesRead) => McpMethod.ReadResource,
        _ when name.TextEquals(RequestMethods.Ping) => McpMethod.Ping,
        _ when name.TextEquals(RequestMethods.Initialize) => McpMethod.Initialize,
        _ when name.TextEquals(RequestMethods.ServerDiscover) => McpMethod.Discover,
        _ when name.Raw.Span.StartsWith("\"notifications/"u8) => McpMethod.Notification,
        _ => McpMethod.Unknown,
    };
}
