using CentralOps.Gateway;
using CentralOps.Sandbox;
using CentralOps.Tools;

namespace CentralOps.Cli.Up;

/// <summary>The tools as Lambda functions and as gateway targets, both from the same declarations.</summary>
internal sealed class FunctionSet
{
    private FunctionSet(IReadOnlyList<FunctionDefinition> functions, IReadOnlyList<TargetConfig> targets)
    {
        Functions = functions;
        Targets = targets;
    }

    public IReadOnlyList<FunctionDefinition> Functions { get; }

    public IReadOnlyList<TargetConfig> Targets { get; }

    /// <param name="settings">Further variables of each function's environment.</param>
    public static FunctionSet Of(IReadOnlyList<ToolDeclaration> tools, FunctionPer per, string binary, Uri awsEndpoint, IReadOnlyDictionary<string, string>? settings = null)
    {
        var functions = new List<FunctionDefinition>();
        var targets = new List<TargetConfig>();
        foreach (var group in tools.GroupBy(tool => per == FunctionPer.Tool ? tool.Name : tool.Subject, StringComparer.Ordinal))
        {
            // AgentCore's target names and Lambda's function names know hyphens, tool names underscores.
            var name = group.Key.Replace('_', '-');
            var function = Function("central-ops-" + name, group.Key, binary, awsEndpoint, settings);
            functions.Add(function);
            targets.Add(new TargetConfig
            {
                TargetId = TargetId(targets.Count),
                Name = name,
                Endpoint = new TargetEndpoint.Lambda($"arn:aws:lambda:{function.Region}:{function.AccountId}:function:{function.Name}"),
                Catalog = new TargetCatalog
                {
                    Tools = [.. group.Select(tool => new ToolDefinition(
                        tool.Name, tool.Description, FiveKeywordSchema.Reduce(tool.InputSchema), FiveKeywordSchema.Reduce(tool.OutputSchema)))],
                },
            });
        }

        return new FunctionSet(functions, targets);
    }

    /// <summary>
    /// The MCP wrapper before the sandbox's stand-in for the AWS MCP Server (solution 3). It is no target until somebody adds it:
    /// <c>centralops target add mcp-wrapper</c>, or an MCP server target over its function URL.
    /// </summary>
    public static FunctionDefinition Wrapper(string binary, Uri awsEndpoint, IReadOnlyDictionary<string, string>? settings = null)
    {
        var function = Function("central-ops-mcp-wrapper", "mcp_wrapper", binary, awsEndpoint, settings);
        return function with
        {
            HasUrl = true,
            Timeout = TimeSpan.FromSeconds(65),
            Environment = new Dictionary<string, string>(function.Environment, StringComparer.Ordinal)
            {
                ["CENTRALOPS_UPSTREAM_URL"] = new Uri(awsEndpoint, "/mcp").AbsoluteUri,
                ["CENTRALOPS_UPSTREAM_SERVICE"] = "aws-mcp",
                ["CENTRALOPS_UPSTREAM_REGION"] = UpOptions.Region,
            },
        };
    }

    private static FunctionDefinition Function(string name, string handler, string binary, Uri awsEndpoint, IReadOnlyDictionary<string, string>? settings) => new()
    {
        Name = name,
        AccountId = UpOptions.CentralAccount,
        Region = UpOptions.Region,
        RoleArn = $"arn:aws:iam::{UpOptions.CentralAccount}:role/CentralOpsLambdaRole",
        Command = binary,
        Handler = handler,
        Environment = new Dictionary<string, string>(settings ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = awsEndpoint.GetLeftPart(UriPartial.Authority),
            ["CENTRALOPS_DIRECTORY_ACCOUNT"] = UpOptions.CentralAccount,

            // The sandbox throttles where a fault says so, and nowhere else.
            ["CENTRALOPS_QUOTAS"] = "learnt",
        },
    };

    // Ten letters and digits, as AgentCore mints them; the same at every start, so that logs can be compared.
    private static string TargetId(int index) => $"TARGET{index + 1:D4}";
}
