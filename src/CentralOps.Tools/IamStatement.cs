using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.ReadOnly;

namespace CentralOps.Tools;

/// <summary>The IAM statement that lets a role do what tools need, and nothing else.</summary>
public static class IamStatement
{
    /// <summary>The IAM actions of all operations of these tools, in order.</summary>
    public static IReadOnlyCollection<string> ActionsOf(params IEnumerable<ToolDeclaration> tools)
    {
        var actions = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var operation in tools.SelectMany(static tool => tool.Operations))
        {
            actions.UnionWith(OperationTable.TryFind(operation, out var row)
                ? row.Actions
                : throw new ArgumentException($"The operation table has no row for {operation}.", nameof(tools)));
        }

        return actions;
    }

    /// <summary>One Allow statement with the actions of all operations of these tools.</summary>
    public static JsonElement For(params IEnumerable<ToolDeclaration> tools)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("Effect"u8, "Allow"u8);
            json.WriteStartArray("Action"u8);
            foreach (var action in ActionsOf(tools))
            {
                json.WriteStringValue(action);
            }

            json.WriteEndArray();
            json.WriteString("Resource"u8, "*"u8);
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(output.WrittenMemory);
        return document.RootElement.Clone();
    }
}
