using System.Buffers;
using System.Text.Json;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Synchronizing;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>A page of tools or prompts as a DYNAMIC target's callers see it: names with the target's prefix, without those that cannot be called.</summary>
internal static class LivePage
{
    /// <param name="learn">Is shown each tool that stays, as the server listed it.</param>
    public static McpReply Prefix(McpReply reply, string method, string prefix, Action<JsonElement> learn)
    {
        var member = method is RequestMethods.ToolsList ? "tools" : "prompts";
        using var document = JsonDocument.Parse(reply.Message.Payload.Raw, new JsonDocumentOptions { MaxDepth = RpcMessage.MaxDepth });
        var bytes = new ArrayBufferWriter<byte>(reply.Message.Payload.Raw.Length + 256);
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            foreach (var part in document.RootElement.EnumerateObject())
            {
                json.WritePropertyName(part.Name);
                if (!part.NameEquals(member) || part.Value.ValueKind != JsonValueKind.Array)
                {
                    part.Value.WriteTo(json);
                    continue;
                }

                json.WriteStartArray();
                foreach (var item in part.Value.EnumerateArray())
                {
                    Write(json, item, prefix, member is "tools" ? learn : null);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return reply with { Message = reply.Message with { Payload = new(JsonTokenType.StartObject, bytes.WrittenMemory) } };
    }

    private static void Write(Utf8JsonWriter json, JsonElement item, string prefix, Action<JsonElement>? learn)
    {
        var problem = learn is null ? ListedNames.Problem(item, prefix, out var name) : ListedTools.Problem(item, prefix, out name);
        if (problem is not null)
        {
            return;
        }

        learn?.Invoke(item);
        json.WriteStartObject();
        foreach (var part in item.EnumerateObject())
        {
            json.WritePropertyName(part.Name);
            if (part.NameEquals("name"))
            {
                json.WriteStringValue(prefix + name);
                continue;
            }

            part.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
