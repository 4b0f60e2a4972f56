using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.ToolPages;

namespace CentralOps.Tools.Tests.Live;

/// <summary>Every tool over the sandbox's wire, with its default estate.</summary>
public sealed class SandboxTests(SandboxAccounts sandbox) : IClassFixture<SandboxAccounts>
{
    public static TheoryData<string, string> Lists => new()
    {
        { "list_accounts", "accounts" },
        { "describe_ec2_instances", "instances" },
        { "describe_ec2_vpcs", "vpcs" },
        { "describe_ec2_security_groups", "security_groups" },
        { "list_s3_buckets", "buckets" },
        { "describe_rds_instances", "db_instances" },
        { "describe_rds_clusters", "db_clusters" },
        { "list_lambda_functions", "functions" },
        { "list_ecs_clusters", "clusters" },
        { "list_ecs_services", "services" },
        { "describe_eks_clusters", "clusters" },
        { "list_cloudwatch_alarms", "alarms" },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_is_the_same_whole_and_in_pages_of_any_size(string tool, string list)
    {
        var arguments = tool == "list_accounts" ? new JsonObject() : new JsonObject { ["account_id"] = "222222222222" };
        var whole = await sandbox.Tools.FollowAsync(tool, arguments, list, limit: 1000);
        whole.ShouldNotBeEmpty(tool);
        foreach (var limit in new[] { 1, 3, 7 })
        {
            var pages = await sandbox.Tools.FollowAsync(tool, arguments, list, limit);
            pages.Select(static item => item.GetRawText()).ShouldBe(whole.Select(static item => item.GetRawText()), $"limit {limit}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_example_of_a_tool_is_answered_in_the_shape_of_its_schema(string tool)
    {
        var declaration = ToolCatalog.Declarations.Single(one => one.Name == tool);
        var answer = await sandbox.Tools.AskAsync(tool, JsonNode.Parse(declaration.Example)!.AsObject());
        answer.TryGetProperty("error", out var error).ShouldBeFalse(error.ToString());
        SchemaCheck.Fits(answer, declaration.OutputSchema.GetProperty("anyOf")[0], tool);
        if (answer.TryGetProperty("failures", out var failures))
        {
            failures.GetArrayLength().ShouldBe(0, answer.ToString());
        }
    }

    public static TheoryData<string> Names => [.. ToolCatalog.Tools.Select(static tool => tool.Name)];
}

/// <summary>The sandbox organization, and the tools that knock there as the function does.</summary>
public sealed class SandboxAccounts : IAsyncLifetime
{
    internal LiveTools Tools { get; private set; } = null!;

    public async Task InitializeAsync() => Tools = await LiveTools.OnSandboxAsync(CancellationToken.None);

    public async Task DisposeAsync() => await Tools.DisposeAsync();
}
