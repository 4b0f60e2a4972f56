using System.Text.RegularExpressions;
using CentralOps.Gateway.Callers;

namespace CentralOps.Gateway.Serving;

/// <summary>Checks a gateway's settings as a whole before it starts, by AgentCore's patterns and quotas, and names everything that is wrong.</summary>
internal static partial class GatewayRules
{
    public static void Check(GatewayConfig gateway, GatewayOptions options, List<string> problems)
    {
        CheckGateway(gateway, problems);
        CallersRules.Check(gateway, options, problems);
        foreach (var target in gateway.Targets)
        {
            CheckTarget(target, options, problems);
        }
    }

    private static void CheckGateway(GatewayConfig gateway, List<string> problems)
    {
        var names = gateway.Targets.Select(target => target.Name).ToHashSet(StringComparer.Ordinal);
        var versions = string.Join(", ", ProtocolVersions.All);
        Demand(
            GatewayId().IsMatch(gateway.GatewayId) && gateway.GatewayId.Length <= 111,
            $"GatewayId '{gateway.GatewayId}' must be 1 to 111 lower-case letters, digits and single hyphens.",
            problems);
        Demand(
            GatewayName().IsMatch(gateway.Name),
            $"Name '{gateway.Name}' must be letters, digits and single hyphens, 48 letters and digits at most.",
            problems);
        Demand(
            gateway.Instructions is not { Length: 0 or > 2048 },
            "Instructions must have 1 to 2,048 characters; leave them out where there are none.",
            problems);
        Demand(
            gateway.SupportedVersions.Count > 0 && gateway.SupportedVersions.All(version => ProtocolVersions.All.Contains(version, StringComparer.Ordinal)),
            $"SupportedVersions must be some of {versions}.",
            problems);
        Demand(gateway.Targets.Count <= Limits.MaxTargets, $"A gateway may have {Limits.MaxTargets} targets at most.", problems);
        Demand(names.Count == gateway.Targets.Count, "Targets must have different names.", problems);
    }

    private static void CheckTarget(TargetConfig target, GatewayOptions options, List<string> problems)
    {
        var tools = target.Catalog.Tools;
        var names = tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        Demand(
            TargetId().IsMatch(target.TargetId),
            $"Target '{target.Name}': TargetId '{target.TargetId}' must be ten letters and digits.",
            problems);
        Demand(
            TargetName().IsMatch(target.Name),
            $"Target '{target.Name}': the name must be letters, digits and single hyphens, 100 letters and digits at most.",
            problems);
        CheckEndpoint(target, options, problems);
        Demand(
            tools.Count <= Limits.MaxToolsPerTarget,
            $"Target '{target.Name}' may have {Limits.MaxToolsPerTarget} tools at most.",
            problems);
        Demand(names.Count == tools.Count, $"Target '{target.Name}': tools must have different names.", problems);
        foreach (var tool in tools)
        {
            Demand(
                ToolName().IsMatch(tool.Name) && target.Name.Length + 3 + tool.Name.Length <= Limits.MaxToolName,
                $"Target '{target.Name}': the tool name '{tool.Name}' must be letters, digits, '_', '-' and '.', "
                + $"{Limits.MaxToolName} at most with the target's name and '___' before it.",
                problems);
            Demand(tool.Description.Length > 0, $"Tool '{target.Name}___{tool.Name}' needs a description.", problems);
        }
    }

    private static void CheckEndpoint(TargetConfig target, GatewayOptions options, List<string> problems)
    {
        switch (target.Endpoint)
        {
            case TargetEndpoint.Lambda lambda:
                Demand(
                    LambdaArn().IsMatch(lambda.Arn),
                    $"Target '{target.Name}': LambdaArn '{lambda.Arn}' must be a function's ARN, such as arn:aws:lambda:us-east-1:111111111111:function:name.",
                    problems);
                break;
            case TargetEndpoint.Builtin builtin:
                Demand(
                    options.Builtins.ContainsKey(builtin.Name),
                    $"Target '{target.Name}': there are no builtin tools '{builtin.Name}' in this process.",
                    problems);
                break;
            default:
                Demand(options.McpServers is not null, $"Target '{target.Name}': this process serves no MCP servers.", problems);
                break;
        }
    }

    private static void Demand(bool holds, string problem, List<string> problems)
    {
        if (!holds)
        {
            problems.Add(problem);
        }
    }

    [GeneratedRegex(@"\A[0-9a-z](-?[0-9a-z])*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GatewayId();

    [GeneratedRegex(@"\A([0-9a-zA-Z]-?){1,48}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex GatewayName();

    [GeneratedRegex(@"\A[0-9a-zA-Z]{10}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TargetId();

    [GeneratedRegex(@"\A([0-9a-zA-Z]-?){1,100}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TargetName();

    [GeneratedRegex(@"\A[0-9a-zA-Z_.-]{1,253}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ToolName();

    [GeneratedRegex(
        @"\Aarn:aws[a-zA-Z-]*:lambda:[a-z]{2}(-gov)?-[a-z]+-\d:\d{12}:function:[a-zA-Z0-9_.-]+(:(\$LATEST|[a-zA-Z0-9_-]+))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LambdaArn();
}
