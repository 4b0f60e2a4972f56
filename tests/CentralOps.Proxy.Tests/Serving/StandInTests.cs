using System.Text.Json;
using CentralOps.Functions.Tests.Wrapping;
using CentralOps.Proxy.Tests.Fixtures;
using CentralOps.Proxy.Upstreams;
using CentralOps.Sandbox;
using CentralOps.Sandbox.AwsMcp;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Proxy.Tests.Serving;

/// <summary>The proxy before the stand-in for the AWS MCP Server, which runs scripts with the credentials that signed.</summary>
public sealed class StandInTests
{
    private const string Account = AdministeredAccounts.WithAdministrator;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Its_tools_are_listed_and_called_in_any_account(bool stateless, bool events)
    {
        await using var proxy = await StartAsync(new AwsMcpOptions { Stateless = stateless, AnswersAsEvents = events });
        await using var upstream = proxy.Before(Url(proxy), "aws-mcp", UpstreamQuotas.AwsMcpServer);
        var client = await proxy.Connect(upstream).InitializeAsync();
        var tools = (await client.AskAsync("tools/list")).GetProperty("result").GetProperty("tools").EnumerateArray().Select(static tool => tool.GetProperty("name").GetString()).ToList();
        tools.ShouldContain("aws___run_script");
        tools.ShouldNotContain("aws___get_presigned_url");
        (await client.RefusedAsync("aws___get_presigned_url")).ShouldContain("presigned URLs");
        (await client.CallAsync("aws___list_regions", $$"""{"account_id":"{{Account}}"}""")).TryGetProperty("isError", out var isError).ShouldBe(isError.ValueKind == JsonValueKind.False);
        proxy.Sandbox.Trail.Find(new TrailQuery(Account: Account)).ShouldContain(static call => call.Operation == "CallReadOnlyTool");
    }

    [ScriptFact]
    public async Task A_script_reads_in_the_account_that_the_call_names()
    {
        await using var proxy = await StartAsync();
        await using var upstream = proxy.Before(Url(proxy), "aws-mcp", UpstreamQuotas.Open);
        var client = await proxy.Connect(upstream).InitializeAsync();
        var ran = await RunAsync(client, "import boto3; print(len(boto3.client('ec2', region_name='us-east-1').describe_instances()['Reservations']))");
        int.Parse(ran.GetProperty("stdout").GetString()!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    [ScriptFact]
    public async Task Forty_writes_and_ten_secret_reads_of_an_administrators_role_are_each_refused()
    {
        await using var proxy = await StartAsync();
        await using var upstream = proxy.Before(Url(proxy), "aws-mcp", UpstreamQuotas.Open);
        var client = await proxy.Connect(upstream).InitializeAsync();
        var ran = await RunAsync(client, ScriptAttempts.Script([.. ScriptAttempts.Writes, .. ScriptAttempts.Secrets], null));
        var tried = JsonSerializer.Deserialize<Dictionary<string, string>>(ran.GetProperty("stdout").GetString()!)!;

        (ScriptAttempts.Writes.Length, ScriptAttempts.Secrets.Length, tried.Count).ShouldBe((40, 10, 50));
        tried.Where(static one => !ScriptAttempts.IsDenied(one.Value)).Select(static one => $"{one.Key}: {one.Value}").ShouldBeEmpty();
        var refused = proxy.Sandbox.Trail.Find(new TrailQuery(Account: Account, Errors: true)).Where(static call => call.InvokedBy == "aws-mcp.amazonaws.com").ToList();
        refused.Count.ShouldBe(50);
        refused.ShouldAllBe(static call => call.ErrorMessage!.Contains("session policy"));
    }

    private static Task<TestProxy> StartAsync(AwsMcpOptions? mcp = null) =>
        TestProxy.StartAsync(new() { Sandbox = new SandboxOptions { Estate = AdministeredAccounts.Estate, AwsMcp = mcp ?? new AwsMcpOptions() } });

    private static string Url(TestProxy proxy) => new Uri(proxy.Sandbox.Url, "/mcp").AbsoluteUri;

    private static async Task<JsonElement> RunAsync(StdioClient client, string code)
    {
        var result = await client.CallAsync("aws___run_script", JsonSerializer.Serialize(new { account_id = Account, code }));
        var content = result.GetProperty("structuredContent");
        content.GetProperty("status").GetString().ShouldBe("succeeded", result.GetRawText());
        return content;
    }
}
