using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.Conversation;

/// <summary>What a tool answered, as text for a model. Objects would need reflection: whoever has one writes it as JSON first.</summary>
internal static class ResultText
{
    private const string Nothing = "(no content)";
    private const string Failed = "The tool failed.";

    public static string Of(FunctionResultContent result)
    {
        var text = Of(result.Result);
        return string.IsNullOrWhiteSpace(text) ? (result.Exception is null ? Nothing : Failed) : text;
    }

    private static string Of(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement json => json.GetRawText(),
        JsonNode json => json.ToJsonString(),
        TextContent text => text.Text,
        IEnumerable<AIContent> parts => Of(parts),
        _ => Convert.ToString(result, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };

    private static string Of(IEnumerable<AIContent> parts)
    {
        var lines = new StringBuilder();
        foreach (var part in parts)
        {
            if (part is TextContent { Text: var text })
            {
                lines.Append(lines.Length > 0 ? "\n" : "").Append(text);
            }
        }

        return lines.ToString();
    }
}
