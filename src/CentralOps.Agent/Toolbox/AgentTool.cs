using System.Text.Json;

namespace CentralOps.Agent.Toolbox;

/// <summary>A tool as it is listed.</summary>
/// <param name="Name">What it is called by; a gateway puts its target in front: <c>ec2___describe_ec2_instances</c>.</param>
/// <param name="Description">Written by others.</param>
/// <param name="InputSchema">JSON Schema of its arguments.</param>
public sealed record AgentTool(string Name, string Description, JsonElement InputSchema)
{
    private const string Separator = "___";

    /// <summary>It says of itself that it changes something (MCP's hints: not read-only, or destructive). Such a tool is never called.</summary>
    public bool SaysItWrites { get; init; }

    /// <summary>Without the target in front.</summary>
    public string BareName => Name.IndexOf(Separator, StringComparison.Ordinal) is >= 0 and var at ? Name[(at + Separator.Length)..] : Name;

    /// <summary>Whether its schema has such an argument.</summary>
    internal bool Takes(string argument) => ArgumentOf(argument) is not null;

    /// <summary>
    /// Whether an argument may be several values in one string. A gateway's schemas have one type an argument, so that one which takes lists too
    /// is told in its words.
    /// </summary>
    internal bool TakesSeveral(string argument) =>
        ArgumentOf(argument) is { } schema && schema.TryGetProperty("description", out var words) && words.ValueKind == JsonValueKind.String
        && words.GetString()!.Contains("separated by commas", StringComparison.OrdinalIgnoreCase);

    /// <summary>Names of the arguments that have to be given.</summary>
    internal IEnumerable<string> Required =>
        InputSchema.ValueKind == JsonValueKind.Object && InputSchema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Where(static name => name.ValueKind == JsonValueKind.String).Select(static name => name.GetString()!)
            : [];

    private JsonElement? ArgumentOf(string argument) =>
        InputSchema.ValueKind == JsonValueKind.Object && InputSchema.TryGetProperty("properties", out var all) && all.ValueKind == JsonValueKind.Object
        && all.TryGetProperty(argument, out var schema) && schema.ValueKind == JsonValueKind.Object
            ? schema
            : null;
}
