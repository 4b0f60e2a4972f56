using System.Text.Json;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Bedrock;

/// <summary>What Converse refuses of a conversation before any model sees it. Observed answers; the API's reference has the constraints of single members.</summary>
internal static class ConversationRules
{
    private const int MaxName = 64;

    public static ServiceError? Check(JsonElement input)
    {
        var messages = ModelRequest.Each(input, "messages").ToArray();
        if (messages is [])
        {
            return Invalid("A conversation must start with a user message. Try again with a conversation that starts with a user message.");
        }

        var declares = input.TryGetProperty("toolConfig", out var tools);
        return (declares ? CheckTools(tools) : null) ?? CheckMessages(messages, declares);
    }

    private static ServiceError? CheckTools(JsonElement config)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var tool in ModelRequest.Each(config, "tools"))
        {
            index++;
            if (!tool.TryGetProperty("toolSpec", out var spec))
            {
                continue;
            }

            var name = ModelRequest.Text(spec, "name");
            if (!IsName(name))
            {
                return Constraint($"Value '{name}' at 'toolConfig.tools.{index}.member.toolSpec.name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+ and have length less than or equal to {MaxName}");
            }

            if (spec.TryGetProperty("description", out var description) && description.GetString() is "")
            {
                return Constraint($"Value '' at 'toolConfig.tools.{index}.member.toolSpec.description' failed to satisfy constraint: Member must have length greater than or equal to 1");
            }

            if (!spec.TryGetProperty("inputSchema", out var schema) || !schema.TryGetProperty("json", out var json) || ModelRequest.Text(json, "type") is not "object")
            {
                return Invalid($"The value at toolConfig.tools.{index - 1}.toolSpec.inputSchema.json.type must be one of the following: object.");
            }

            if (!names.Add(name))
            {
                return Invalid($"The toolConfig.tools field contains the tool name {name} more than once. Give each tool a name of its own, and try again.");
            }
        }

        if (names.Count == 0)
        {
            return Constraint("Value '[]' at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1");
        }

        return config.TryGetProperty("toolChoice", out var choice) && choice.TryGetProperty("tool", out var one) && !names.Contains(ModelRequest.Text(one, "name"))
            ? Invalid("The tool in toolConfig.toolChoice.tool is not among toolConfig.tools.")
            : null;
    }

    private static ServiceError? CheckMessages(JsonElement[] messages, bool declaresTools)
    {
        var asked = Array.Empty<string>();
        for (var at = 0; at < messages.Length; at++)
        {
            var wanted = at % 2 == 0 ? "user" : "assistant";
            if (!string.Equals(ModelRequest.Text(messages[at], "role"), wanted, StringComparison.Ordinal))
            {
                return Invalid(at == 0
                    ? "A conversation must start with a user message. Try again with a conversation that starts with a user message."
                    : "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.");
            }

            var blocks = ModelRequest.Each(messages[at], "content").ToArray();
            if (blocks is [])
            {
                return Invalid($"The content field in the Message object at messages.{at} is empty. Add a ContentBlock object to the content field and try again.");
            }

            if (CheckBlocks(blocks, at, declaresTools) is { } wrong)
            {
                return wrong;
            }

            var answered = Ids(blocks, "toolResult");
            if (answered.Except(asked, StringComparer.Ordinal).Any())
            {
                return Invalid($"The number of toolResult blocks at messages.{at}.content exceeds the number of toolUse blocks of previous turn.");
            }

            if (asked.Except(answered, StringComparer.Ordinal).ToArray() is [_, ..] missing)
            {
                return Invalid($"Expected toolResult blocks at messages.{at}.content for the following Ids: {string.Join(", ", missing)}");
            }

            asked = Ids(blocks, "toolUse");
        }

        return null;
    }

    private static ServiceError? CheckBlocks(JsonElement[] blocks, int message, bool declaresTools)
    {
        for (var at = 0; at < blocks.Length; at++)
        {
            var block = blocks[at];
            if (block.TryGetProperty("text", out var text) && string.IsNullOrWhiteSpace(text.GetString()))
            {
                return Invalid($"The text field in the ContentBlock object at messages.{message}.content.{at} is blank. Add text to the text field, and try again.");
            }

            if (!declaresTools && (block.TryGetProperty("toolUse", out _) || block.TryGetProperty("toolResult", out _)))
            {
                return Invalid("The toolConfig field must be defined when using toolUse and toolResult content blocks.");
            }

            if (block.TryGetProperty("toolResult", out var result) && ModelRequest.Text(result, "status") is "error" && !ModelRequest.Each(result, "content").Any())
            {
                return Invalid($"The content field at messages.{message}.content.{at}.toolResult cannot be empty when status value is error.");
            }
        }

        return null;
    }

    private static string[] Ids(JsonElement[] blocks, string kind) =>
        [.. blocks.Where(block => block.TryGetProperty(kind, out _)).Select(block => ModelRequest.Text(block.GetProperty(kind), "toolUseId"))];

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');

    private static ServiceError Constraint(string words) => Invalid("1 validation error detected: " + words);

    private static ServiceError Invalid(string message) => new("ValidationException", message);
}
