using System.Collections.Frozen;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Up;
using CentralOps.Gateway;
using CentralOps.Tools;

namespace CentralOps.Cli.Running;

/// <summary>
/// The targets that are not CentralOps' own tools. What they do nobody here can prove: an MCP server's or a function's word that it only reads is its
/// word.
/// </summary>
internal static class ForeignTargets
{
    private const string OwnConnector = "centralops-builtin:";

    private static readonly FrozenSet<string> OwnFunctions = new[] { FunctionPer.Subject, FunctionPer.Tool }
        .SelectMany(per => FunctionSet.Of(ToolCatalog.Declarations, per, binary: "", new Uri("http://127.0.0.1")).Targets)
        .Select(target => ((TargetEndpoint.Lambda)target.Endpoint).Arn)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <returns><c>gateway/target (kind)</c> of each; empty where all are ours.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(ControlSession control, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        await foreach (var gateway in control.AllAsync("ListGateways", [], "items", cancellationToken))
        {
            var key = new JsonObject { ["gatewayIdentifier"] = gateway.Text("gatewayId") };
            await foreach (var target in control.AllAsync("ListGatewayTargets", key, "items", cancellationToken))
            {
                key["targetId"] = target.Text("targetId");
                if (Kind(await control.CallAsync("GetGatewayTarget", key, cancellationToken)) is { } kind)
                {
                    found.Add($"{gateway.Text("name")}/{target.Text("name")} ({kind})");
                }

                key.Remove("targetId");
            }
        }

        return found;
    }

    /// <summary>What kind of target it is, in words; null where it is ours.</summary>
    public static string? Kind(JsonObject target)
    {
        if (target.Text("targetConfiguration.mcp.lambda.lambdaArn") is { Length: > 0 } function)
        {
            return OwnFunctions.Contains(function) ? null : "Lambda function";
        }

        return target.Text("targetConfiguration.mcp.connector.source.connectorId").StartsWith(OwnConnector, StringComparison.Ordinal) ? null : "MCP server";
    }
}
