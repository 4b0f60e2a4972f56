using System.Text.Json.Nodes;
using CentralOps.Gateway;

namespace CentralOps.Cli.Up.Provisioning;

/// <summary>The gateway that 'up' keeps, in the words of AgentCore's API.</summary>
/// <param name="Name">Unique among the gateways of the store.</param>
/// <param name="AuthorizerType">Fixed at creation: a gateway with another has another name.</param>
/// <param name="Search">Fixed at creation too: a gateway that is there stays as it is.</param>
internal sealed record GatewayPlan(string Name, string AuthorizerType, bool Search, IReadOnlyList<TargetPlan> Targets)
{
    public const string RoleArn = $"arn:aws:iam::{UpOptions.CentralAccount}:role/CentralOpsGatewayRole";

    public const string Instructions =
        "Read-only operations tools over every account of an AWS organization. Give account_id (an id or a name); list_accounts tells them.";

    /// <summary>CreateGateway's input, and, with an identifier, UpdateGateway's.</summary>
    /// <param name="searchType">What a gateway that is there has; null where it has none.</param>
    public JsonObject Input(string? searchType) => new()
    {
        ["name"] = Name,
        ["roleArn"] = RoleArn,
        ["authorizerType"] = AuthorizerType,
        ["protocolType"] = "MCP",
        ["protocolConfiguration"] = new JsonObject { ["mcp"] = Mcp(searchType) },
        // A person sits before it: the cause of a failure belongs on the screen.
        ["exceptionLevel"] = "DEBUG",
    };

    /// <summary>What a gateway that is made now is to have.</summary>
    public string? SearchType => Search ? "SEMANTIC" : null;

    private static JsonObject Mcp(string? searchType)
    {
        var mcp = new JsonObject { ["instructions"] = Instructions };
        if (searchType is not null)
        {
            mcp["searchType"] = searchType;
        }

        return mcp;
    }
}

/// <summary>One target that 'up' keeps. Targets that people add beside it are left alone.</summary>
internal sealed record TargetPlan(string Name, JsonObject Configuration)
{
    /// <summary>By it 'up' knows its own again.</summary>
    public const string Description = "CentralOps' own read-only tools, kept in step by 'centralops up'.";

    private const string Connector = "centralops-builtin:";

    public static TargetPlan Of(TargetConfig target) => new(target.Name, new JsonObject
    {
        ["mcp"] = target.Endpoint switch
        {
            TargetEndpoint.Lambda lambda => new JsonObject
            {
                ["lambda"] = new JsonObject
                {
                    ["lambdaArn"] = lambda.Arn,
                    ["toolSchema"] = new JsonObject { ["inlinePayload"] = new JsonArray([.. target.Catalog.Tools.Select(Tool)]) },
                },
            },
            TargetEndpoint.Builtin builtin => new JsonObject
            {
                ["connector"] = new JsonObject { ["source"] = new JsonObject { ["connectorId"] = Connector + builtin.Name } },
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        },
    });

    public JsonObject Input(string gatewayId) => new()
    {
        ["gatewayIdentifier"] = gatewayId,
        ["name"] = Name,
        ["description"] = Description,
        ["targetConfiguration"] = Configuration.DeepClone(),
        ["credentialProviderConfigurations"] = new JsonArray(new JsonObject { ["credentialProviderType"] = "GATEWAY_IAM_ROLE" }),
    };

    private static JsonObject Tool(ToolDefinition tool)
    {
        var declared = new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["inputSchema"] = JsonNode.Parse(tool.InputSchema.GetRawText()),
        };
        if (tool.OutputSchema is { } output)
        {
            declared["outputSchema"] = JsonNode.Parse(output.GetRawText());
        }

        return declared;
    }
}
