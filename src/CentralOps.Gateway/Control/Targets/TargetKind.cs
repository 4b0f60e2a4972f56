using System.Text.Json.Nodes;

namespace CentralOps.Gateway.Control.Targets;

/// <summary>The kinds of targets that are served.</summary>
internal enum TargetKind
{
    Lambda,
    McpServer,

    /// <summary>Ours: tools in this process, written as a connector whose id is <c>centralops-builtin:NAME</c>.</summary>
    Builtin,
}

/// <summary>Reads a target's kind from its <c>targetConfiguration</c>.</summary>
internal static class TargetKinds
{
    /// <summary>Before the name of tools in this process. No connector of AWS's has a colon in its id.</summary>
    public const string BuiltinPrefix = "centralops-builtin:";

    public static TargetKind? Of(JsonObject body, out ControlError? error)
    {
        error = null;
        var (family, choices) = body["targetConfiguration"]!.AsObject().Single(static choice => choice.Value is not null);
        var (member, config) = choices!.AsObject().Single(static choice => choice.Value is not null);
        TargetKind? kind = (family, member) switch
        {
            ("mcp", "lambda") => TargetKind.Lambda,
            ("mcp", "mcpServer") => TargetKind.McpServer,
            ("mcp", "connector") when config.TextAt("source", "connectorId")!.StartsWith(BuiltinPrefix, StringComparison.Ordinal) => TargetKind.Builtin,
            _ => null,
        };
        if (kind is null)
        {
            error = ControlError.Invalid(
                $"targetConfiguration.{family}.{member}",
                $"Targets of kind {family}.{member} are not served yet. Served are mcp.lambda, mcp.mcpServer, and mcp.connector with source.connectorId '{BuiltinPrefix}NAME'");
        }

        return kind;
    }

    public static string NameOf(TargetKind kind) => kind switch
    {
        TargetKind.Lambda => "mcp.lambda",
        TargetKind.McpServer => "mcp.mcpServer",
        _ => "mcp.connector",
    };

    /// <summary>As ListGatewayTargets calls it.</summary>
    public static string SummaryOf(TargetKind kind) => kind switch
    {
        TargetKind.Lambda => "LAMBDA",
        TargetKind.McpServer => "MCP_SERVER",
        _ => "CONNECTOR",
    };
}
