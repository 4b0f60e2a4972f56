using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent;

/// <summary>A conversation as JSON, to be kept and gone on with. Thoughts that a model has are not kept: another one could not read them.</summary>
public static class ConversationText
{
    public static string Write(Conversation conversation) => new JsonArray([.. conversation.Messages.Select(Message).OfType<JsonNode>()]).ToJsonString();

    /// <returns>Null where the text is no conversation, or calls and answers in it do not go together.</returns>
    public static Conversation? TryRead(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var messages = document.RootElement.EnumerateArray().Select(Message).ToList();
            return IsPaired(messages) ? new Conversation(messages) : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static JsonObject? Message(ChatMessage message)
    {
        var parts = new JsonArray([.. message.Contents.Select(Part).OfType<JsonNode>()]);
        return parts.Count == 0 ? null : new JsonObject { ["role"] = message.Role.Value, ["parts"] = parts };
    }

    private static JsonObject? Part(AIContent content) => content switch
    {
        TextContent text => new JsonObject { ["text"] = text.Text },
        FunctionCallContent call => new JsonObject { ["call"] = call.CallId, ["tool"] = call.Name, ["arguments"] = JsonNode.Parse((CallArguments.Of(call) ?? CallArguments.None).GetRawText()) },
        FunctionResultContent result => new JsonObject { ["result_of"] = result.CallId, ["text"] = result.Result as string ?? "" },
        _ => null,
    };

    private static ChatMessage Message(JsonElement message) =>
        new(new ChatRole(message.GetProperty("role").GetString()!), [.. message.GetProperty("parts").EnumerateArray().Select(Part)]);

    private static AIContent Part(JsonElement part)
    {
        if (part.TryGetProperty("call", out var call))
        {
            return new FunctionCallContent(
                call.GetString()!, part.GetProperty("tool").GetString()!,
                part.GetProperty("arguments").EnumerateObject().ToDictionary(static argument => argument.Name, static argument => (object?)argument.Value.Clone(), StringComparer.Ordinal));
        }

        return part.TryGetProperty("result_of", out var result)
            ? new FunctionResultContent(result.GetString()!, part.GetProperty("text").GetString()!)
            : new TextContent(part.GetProperty("text").GetString()!);
    }

    private static bool IsPaired(List<ChatMessage> messages) => messages.Index().All(message =>
        message.Item.Contents.OfType<FunctionCallContent>().Select(static call => call.CallId).SequenceEqual(
            message.Index + 1 < messages.Count ? messages[message.Index + 1].Contents.OfType<FunctionResultContent>().Select(static result => result.CallId) : [], StringComparer.Ordinal));
}
