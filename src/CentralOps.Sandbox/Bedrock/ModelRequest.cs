using System.Text.Json;

namespace CentralOps.Sandbox.Bedrock;

/// <summary>One request to a model.</summary>
/// <param name="ModelId">As it stood in the path.</param>
/// <param name="CallerArn">Whose signature it bears.</param>
/// <param name="Region">The region it was signed for.</param>
/// <param name="Streams">Whether it was ConverseStream.</param>
/// <param name="Input">The whole input, with Converse's own member names. It stays readable.</param>
public sealed record ModelRequest(string ModelId, string CallerArn, string Region, bool Streams, JsonElement Input)
{
    /// <summary>The texts of the system prompt, a line each.</summary>
    public string System => string.Join('\n', Each(Input, "system").Select(block => Text(block, "text")).Where(text => text.Length > 0));

    /// <summary>Names of the tools that the model may use.</summary>
    public IReadOnlyList<string> Tools => Input.TryGetProperty("toolConfig", out var config)
        ? [.. Each(config, "tools").Where(tool => tool.TryGetProperty("toolSpec", out _)).Select(tool => Text(tool.GetProperty("toolSpec"), "name"))]
        : [];

    /// <summary>The text of the last turn; empty where it has none.</summary>
    public string LastText => string.Join('\n', LastBlocks.Select(block => Text(block, "text")).Where(text => text.Length > 0));

    /// <summary>The answers of tools in the last turn.</summary>
    public IReadOnlyList<ToolAnswer> ToolAnswers => [.. LastBlocks.Where(block => block.TryGetProperty("toolResult", out _)).Select(block => Read(block.GetProperty("toolResult")))];

    /// <summary>How many turns the conversation has.</summary>
    public int Turns => Each(Input, "messages").Count();

    private IEnumerable<JsonElement> LastBlocks => Each(Input, "messages").LastOrDefault() is { ValueKind: JsonValueKind.Object } last ? Each(last, "content") : [];

    internal static IEnumerable<JsonElement> Each(JsonElement parent, string member) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(member, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    internal static string Text(JsonElement parent, string member) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";

    private static ToolAnswer Read(JsonElement result) => new(
        Text(result, "toolUseId"),
        string.Join('\n', Each(result, "content").Select(block => block.TryGetProperty("json", out var json) ? json.GetRawText() : Text(block, "text"))),
        Text(result, "status") is "error");
}

/// <summary>What a tool answered.</summary>
public sealed record ToolAnswer(string ToolUseId, string Text, bool IsError);
