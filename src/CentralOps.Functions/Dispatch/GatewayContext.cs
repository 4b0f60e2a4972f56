using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CentralOps.Access.ClientContext;

namespace CentralOps.Functions.Dispatch;

/// <summary>What the gateway says about a call in Lambda's client context.</summary>
internal static class GatewayContext
{
    public const string ToolName = ClientContextNames.ToolName;

    private const string TargetSeparator = "___";

    /// <summary>The tool's own name: what follows the first separator, or the whole name where there is none.</summary>
    public static bool TryReadToolName(string? clientContext, [NotNullWhen(true)] out string? name)
    {
        name = null;
        if (string.IsNullOrEmpty(clientContext))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(clientContext);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("custom"u8, out var custom)
                && custom.ValueKind == JsonValueKind.Object
                && custom.TryGetProperty(ToolName, out var value)
                && value.ValueKind == JsonValueKind.String)
            {
                var whole = value.GetString()!;
                var at = whole.IndexOf(TargetSeparator, StringComparison.Ordinal);
                name = at < 0 ? whole : whole[(at + TargetSeparator.Length)..];
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return false;
        }

        return !string.IsNullOrEmpty(name);
    }
}
