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

    /// <summary>Whether an argument may be a list. A schema that names no type leaves it open.</summary>
    internal bool TakesList(string argument)
    {
        if (ArgumentOf(argument) is not { } schema)
        {
            return false;
        }

        if (!schema.TryGetProperty("type", out var type))
        {
            return true;
        }

        return type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(static one => one.ValueEquals("array"u8))
            : type.ValueEquals("array"u8);
    }

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
