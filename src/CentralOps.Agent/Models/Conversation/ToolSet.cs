using System.Text.Json;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.Conversation;

/// <summary>How a model is to use its tools.</summary>
internal enum ToolUse
{
    /// <summary>As it likes.</summary>
    Free,

    /// <summary>At least one.</summary>
    Some,

    /// <summary>The one that is named.</summary>
    One,

    None,
}

/// <summary>The tools of a request, under the names that the provider knows them by.</summary>
internal sealed class ToolSet
{
    private const int MaxTools = 1024;

    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object","properties":{}}""");

    private readonly Dictionary<string, string> _ownNames = new(StringComparer.Ordinal);

    private ToolSet()
    {
    }

    public IReadOnlyList<ToolDeclaration> Declarations { get; private init; } = [];

    public ToolUse Use { get; private init; }

    /// <summary>With <see cref="ToolUse.One"/>: the name, as the provider knows it.</summary>
    public string? OnlyName { get; private init; }

    /// <summary>More than one call in an answer may come.</summary>
    public bool Parallel { get; private init; }

    /// <summary>Whether the model can be given tools at all.</summary>
    public bool IsOffered => Declarations.Count > 0 && Use != ToolUse.None;

    /// <exception cref="ArgumentException">A tool is none that a provider can be told of, or stands there twice.</exception>
    public static ToolSet Of(ChatOptions? options)
    {
        var declarations = new List<ToolDeclaration>();
        var only = (options?.ToolMode as RequiredChatToolMode)?.RequiredFunctionName;
        var set = new ToolSet
        {
            Declarations = declarations,
            Use = options?.ToolMode switch { NoneChatToolMode => ToolUse.None, RequiredChatToolMode => only is null ? ToolUse.Some : ToolUse.One, _ => ToolUse.Free },
            OnlyName = only is null ? null : ToolNames.Fit(only),
            Parallel = options?.AllowMultipleToolCalls ?? true,
        };
        foreach (var tool in options?.Tools ?? [])
        {
            declarations.Add(set.Add(tool));
        }

        if (declarations.Count > MaxTools)
        {
            throw new ArgumentException($"{declarations.Count} tools are more than {MaxTools}. Hand fewer to the model, such as those that a search finds.", nameof(options));
        }

        return set.OnlyName is null || set._ownNames.ContainsKey(set.OnlyName)
            ? set
            : throw new ArgumentException($"The model is to use the tool '{only}', which is not among its tools. Add it to them.", nameof(options));
    }

    /// <summary>The tool's own name. One that no tool has is the model's invention, and stays what it is.</summary>
    public string OwnName(string name) => _ownNames.GetValueOrDefault(name, name);

    private ToolDeclaration Add(AITool tool)
    {
        if (tool is not AIFunctionDeclaration function)
        {
            throw new ArgumentException($"The tool '{tool.Name}' is none that is called here: only functions are handed to a model.", nameof(tool));
        }

        var name = ToolNames.Fit(function.Name);
        if (!_ownNames.TryAdd(name, function.Name))
        {
            throw new ArgumentException($"Two tools have the name '{function.Name}'. Give each a name of its own.", nameof(tool));
        }

        return new ToolDeclaration(name, function.Description ?? "", IsObject(function.JsonSchema) ? function.JsonSchema : AnyObject);
    }

    private static bool IsObject(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("object"u8);
}
