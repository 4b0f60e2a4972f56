using System.Net;
using System.Text.RegularExpressions;

namespace CentralOps.Gateway.Serving;

/// <summary>Checks a gateway's settings as a whole before it starts, by AgentCore's patterns and quotas, and names everything that is wrong.</summary>
internal static partial class GatewayRules
{
    public static void Check(GatewayOptions options, List<string> problems)
    {
        var gateway = options.Gateway;
        Demand(GatewayId().IsMatch(gateway.GatewayId) && gateway.GatewayId.Length <= 111, problems, $"GatewayId '{gateway.GatewayId}' must be 1 to 111 lower-case letters, digits and single hyphens.");
        Demand(GatewayName().IsMatch(gateway.Name), problems, $"Name '{gateway.Name}' must be letters, digits and single hyphens, 48 letters and digits at most.");
        Demand(gateway.Instructions is not { Length: 0 or > 2048 }, problems, "Instructions must have 1 to 2,048 characters; leave them out where there are none.");
        Demand(
            gateway.SupportedVersions.Count > 0 && gateway.SupportedVersions.All(version => ProtocolVersions.All.Contains(version, StringComparer.Ordinal)),
            problems,
            $"SupportedVersions must be some of {string.Join(", ", ProtocolVersions.All)}.");
        Demand(
            gateway.Authorizer != GatewayAuthorizer.None || IPAddress.IsLoopback(options.Address),
            problems,
            $"Authorizer NONE on {options.Address} would let anybody on the network in. Listen on 127.0.0.1, or use AWS_IAM.");
        Demand(gateway.Authorizer != GatewayAuthorizer.AwsIam || options.Keys is not null, problems, "Authorizer AWS_IAM needs access keys to verify signatures with: set Keys.");
        Demand(options.Port is >= 0 and <= 65535, problems, $"Port {options.Port} must be 0 (any) to 65535.");
        Demand(options.ThrottleWait >= TimeSpan.Zero && options.ThrottleWait <= TimeSpan.FromMinutes(1), problems, "ThrottleWait must be 0 to 60 seconds.");
        Demand(
            options.InvocationTimeout >= TimeSpan.FromSeconds(1) && options.InvocationTimeout <= TimeSpan.FromMinutes(15),
            problems,
            "InvocationTimeout must be 1 second to 15 minutes.");
        Demand(gateway.Targets.Count <= Limits.MaxTargets, problems, $"A gateway may have {Limits.MaxTargets} targets at most.");
        Demand(gateway.Targets.Select(target => target.Name).Distinct(StringComparer.Ordinal).Count() == gateway.Targets.Count, problems, "Targets must have different names.");
        foreach (var target in gateway.Targets)
        {
            CheckTarget(target, options.Targets?.ContainsKey(target.Name) ?? false, problems);
        }
    }

    private static void CheckTarget(TargetConfig target, bool replaced, List<string> problems)
    {
        Demand(TargetId().IsMatch(target.TargetId), problems, $"Target '{target.Name}': TargetId '{target.TargetId}' must be ten letters and digits.");
        Demand(TargetName().IsMatch(target.Name), problems, $"Target '{target.Name}': the name must be letters, digits and single hyphens, 100 letters and digits at most.");
        Demand(replaced || LambdaArn().IsMatch(target.LambdaArn), problems, $"Target '{target.Name}': LambdaArn '{target.LambdaArn}' must be a function's ARN, such as arn:aws:lambda:us-east-1:111111111111:function:name.");
        Demand(target.Tools.Count <= Limits.MaxToolsPerTarget, problems, $"Target '{target.Name}' may have {Limits.MaxToolsPerTarget} tools at most.");
        Demand(target.Tools.Select(tool => tool.Name).Distinct(StringComparer.Ordinal).Count() == target.Tools.Count, problems, $"Target '{target.Name}': tools must have different names.");
        foreach (var tool in target.Tools)
        {
            Demand(
                ToolName().IsMatch(tool.Name) && target.Name.Length + 3 + tool.Name.Length <= Limits.MaxToolName,
                problems,
                $"Target '{target.Name}': the tool name '{tool.Name}' must be letters, digits, '_', '-' and '.', {Limits.MaxToolName} at most with the target's name and '___' before it.");
            Demand(tool.Description.Length > 0, problems, $"Tool '{target.Name}___{tool.Name}' needs a description.");
        }
    }

    private static void Demand(bool holds, List<string> problems, string problem)
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

    [GeneratedRegex(@"\Aarn:aws[a-zA-Z-]*:lambda:[a-z]{2}(-gov)?-[a-z]+-\d:\d{12}:function:[a-zA-Z0-9_.-]+(:(\$LATEST|[a-zA-Z0-9_-]+))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LambdaArn();
}
