using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CentralOps.Access.CallerContext;
using CentralOps.Access.ClientContext;

namespace CentralOps.Functions.Dispatch;

/// <summary>What the gateway says about a call in Lambda's client context. Only <see cref="Caller"/> can be believed, and only once it is verified.</summary>
internal sealed record GatewayContext(string WholeToolName)
{
    public const string ToolNameMember = ClientContextNames.ToolName;

    private const string TargetSeparator = "___";

    // A member that stands twice means one thing here and another to whoever signed it.
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>The tool's own name: what follows the first separator, or the whole name where there is none.</summary>
    public string ToolName => WholeToolName.IndexOf(TargetSeparator, StringComparison.Ordinal) is >= 0 and var at ? WholeToolName[(at + TargetSeparator.Length)..] : WholeToolName;

    public string? GatewayId { get; private init; }

    public string? MessageId { get; private init; }

    /// <summary>The signed caller: from our gateway in a member of its own, from AgentCore in the header that an interceptor set.</summary>
    public string? Caller { get; private init; }

    public static bool TryRead(string? clientContext, [NotNullWhen(true)] out GatewayContext? context)
    {
        context = null;
        if (string.IsNullOrEmpty(clientContext))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(clientContext, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("custom"u8, out var custom)
                && custom.ValueKind == JsonValueKind.Object
                && Text(custom, ToolNameMember) is { } whole)
            {
                context = new GatewayContext(whole)
                {
                    GatewayId = Text(custom, ClientContextNames.GatewayId),
                    MessageId = Text(custom, ClientContextNames.McpMessageId),
                    Caller = Text(custom, CallerClaims.ContextName) ?? Header(custom),
                };
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return false;
        }

        return context is { ToolName.Length: > 0 };
    }

    private static string? Header(JsonElement custom)
    {
        if (!custom.TryGetProperty(ClientContextNames.PropagatedHeaders, out var headers) || headers.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var header in headers.EnumerateObject())
        {
            if (string.Equals(header.Name, CallerClaims.HeaderName, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value.ValueKind == JsonValueKind.String ? header.Value.GetString() : null;
            }
        }

        return null;
    }

    private static string? Text(JsonElement custom, string member) =>
        custom.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
