using System.Text.Json;
using System.Text.RegularExpressions;
using CentralOps.Gateway.Schemas;
using CentralOps.Gateway.Serving;

namespace CentralOps.Gateway.Control.Provisioning;

/// <summary>Reads the tools of a Lambda target: a JSON array of AgentCore's ToolDefinitions, inline or from S3.</summary>
internal static partial class ToolSchema
{
    private const int MostProblems = 20;
    private const int Separator = 3;

    /// <param name="targetName">Stands before every tool's name; empty where it is not known yet.</param>
    /// <returns>A sentence for each thing that is wrong.</returns>
    public static IReadOnlyList<string> Read(ReadOnlyMemory<byte> json, string targetName, out TargetCatalog catalog)
    {
        catalog = TargetCatalog.Empty;
        var problems = new List<string>();
        try
        {
            // Kept: the catalogue's schemas are parts of it.
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ControlLimits.MaxDepth, AllowDuplicateProperties = false });
            catalog = new TargetCatalog { Tools = Read(document.RootElement, targetName, problems) };
        }
        catch (JsonException broken)
        {
            problems.Add($"The tool schema is not valid JSON, or names a member twice: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            problems.Add("The tool schema holds a string that is not text: half of a surrogate pair, or bytes that are not UTF-8.");
        }

        return problems.Count > MostProblems ? [.. problems.Take(MostProblems), $"{problems.Count - MostProblems} more problems."] : problems;
    }

    private static List<ToolDefinition> Read(JsonElement root, string targetName, List<string> problems)
    {
        var tools = new List<ToolDefinition>();
        if (root.ValueKind != JsonValueKind.Array)
        {
            problems.Add("The tool schema must be a JSON array of tools, each with name, description and inputSchema.");
            return tools;
        }

        if (root.GetArrayLength() > Limits.MaxToolsPerTarget)
        {
            problems.Add($"The tool schema has {root.GetArrayLength()} tools; a target may have {Limits.MaxToolsPerTarget}.");
            return tools;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var element in root.EnumerateArray())
        {
            if (Read(element, tools.Count, targetName, problems) is not { } tool)
            {
                return tools;
            }

            if (!names.Add(tool.Name))
            {
                problems.Add($"Two tools have the name '{tool.Name}'.");
            }

            tools.Add(tool);
        }

        return tools;
    }

    private static ToolDefinition? Read(JsonElement tool, int place, string targetName, List<string> problems)
    {
        if (tool.ValueKind != JsonValueKind.Object || Text(tool, "name"u8) is not { } name || Text(tool, "description"u8) is not { } description || !tool.TryGetProperty("inputSchema"u8, out var input))
        {
            problems.Add($"Tool {place} must be an object with the strings name and description and the object inputSchema.");
            return null;
        }

        if (!ToolName().IsMatch(name) || targetName.Length + Separator + name.Length > Limits.MaxToolName)
        {
            problems.Add($"The tool name '{Printable.Text(name, 64)}' must be letters, digits, '_', '-' and '.', {Limits.MaxToolName} at most with the target's name and '___' before it.");
        }

        if (description.Length == 0)
        {
            problems.Add($"Tool '{Printable.Text(name, 64)}' needs a description.");
        }

        _ = SchemaReader.Read(input, $"Input schema of {Printable.Text(name, 64)}", problems);
        JsonElement? output = tool.TryGetProperty("outputSchema"u8, out var given) ? given : null;
        if (output is { } schema)
        {
            _ = SchemaReader.Read(schema, $"Output schema of {Printable.Text(name, 64)}", problems);
        }

        return new ToolDefinition(name, description, input, output);
    }

    private static string? Text(JsonElement tool, ReadOnlySpan<byte> member) =>
        tool.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\A[0-9a-zA-Z_.-]{1,253}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ToolName();
}
