using System.Buffers;
using System.Text.Json;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Synchronizing;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>A page of a DYNAMIC target's tools or prompts, without those that cannot be called through a gateway.</summary>
internal static class LivePage
{
    /// <param name="prefix">What stands before the names where clients see them.</param>
    /// <param name="learn">Is shown each tool that stays.</param>
    public static McpReply Filter(McpReply reply, string method, string prefix, Action<JsonElement> learn)
    {
        var tools = method is RequestMethods.ToolsList;
        using var document = JsonDocument.Parse(reply.Message.Payload.Raw, new JsonDocumentOptions { MaxDepth = RpcMessage.MaxDepth });
        var bytes = new ArrayBufferWriter<byte>(reply.Message.Payload.Raw.Length);
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            foreach (var part in document.RootElement.EnumerateObject())
            {
                json.WritePropertyName(part.Name);
                if (!part.NameEquals(tools ? "tools" : "prompts") || part.Value.ValueKind != JsonValueKind.Array)
                {
                    part.Value.WriteTo(json);
                    continue;
                }

                json.WriteStartArray();
                foreach (var item in part.Value.EnumerateArray().Where(item => (tools ? ListedTools.Problem(item, prefix, out _) : ListedNames.Problem(item, prefix, out _)) is null))
                {
                    item.WriteTo(json);
                    if (tools)
                    {
                        learn(item);
                    }
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return reply with { Message = reply.Message with { Payload = new(JsonTokenType.StartObject, bytes.WrittenMemory) } };
    }
}
