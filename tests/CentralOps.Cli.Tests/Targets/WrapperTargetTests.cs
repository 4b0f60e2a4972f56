using System.Text.Json.Nodes;
using CentralOps.Cli.Tests.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Cli.Tests.Targets;

/// <summary>The MCP wrapper function as a Lambda target: its schema is what it lists, and follows it.</summary>
public sealed class WrapperTargetTests : IAsyncLifetime
{
    private const string Function = "arn:aws:lambda:us-east-1:111111111111:function:central-ops-mcp-wrapper";

    private const string Script = """
        {"name":"aws___run_script","description":"Runs Python.","inputSchema":{"type":"object","additionalProperties":false,"properties":{"account_id":{"type":"string","description":"Account."},"code":{"type":"string","maxLength":65536,"minLength":1}},"required":["account_id","code"]},"annotations":{"readOnlyHint":false}}
        """;

    private const string Unfit = """{"name":"odd","description":"d","inputSchema":{"$ref":"#/$defs/x","type":"object"}}""";

    private ManagedGateways _managed = null!;
    private WebApplication _lambda = null!;
    private IDisposable _running = null!;
    private string _answer = "";

    public async Task InitializeAsync()
    {
        _managed = await ManagedGateways.StartAsync();
        (await _managed.RunAsync("gateway", "create", "ops", "--authorizer", "none")).Code.ShouldBe(ExitCode.Ok);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _lambda = builder.Build();
        _lambda.Run(AnswerAsync);
        await _lambda.StartAsync();
        _running = _managed.AsRunning(State, _lambda.Urls.First());
        Lists(Script);
    }

    public async Task DisposeAsync()
    {
        _running.Dispose();
        await _lambda.DisposeAsync();
        await _managed.DisposeAsync();
    }

    private string State => Path.Combine(_managed.Folder, "state");

    [Fact]
    public async Task Its_tools_become_the_schema_in_the_five_keywords_that_AgentCore_has()
    {
        Lists(Script, Unfit);

        var (code, data, words) = await RunAsync("target", "add", "mcp-wrapper", "aws", "--lambda-arn", Function, "--output", "json");

        code.ShouldBe(ExitCode.Ok, words);
        words.ShouldContain("odd is left out");
        var lambda = JsonNode.Parse(data)!["targetConfiguration"]!["mcp"]!["lambda"]!;
        ((string)lambda["lambdaArn"]!).ShouldBe(Function);
        lambda["toolSchema"]!["inlinePayload"]!.ToJsonString().ShouldBe(
            """[{"name":"aws___run_script","description":"Runs Python.","inputSchema":{"type":"object","properties":{"account_id":{"type":"string","description":"Account."},"code":{"type":"string"}},"required":["account_id","code"]}}]""");
    }

    [Fact]
    public async Task Sync_keeps_it_in_step_and_leaves_it_alone_where_nothing_changed()
    {
        (await RunAsync("target", "add", "mcp-wrapper", "aws", "--lambda-arn", Function)).Code.ShouldBe(ExitCode.Ok);
        var before = (await RunAsync("target", "get", "aws", "--output", "json")).Data;

        (await RunAsync("target", "sync", "aws", "--output", "json")).Code.ShouldBe(ExitCode.Ok);
        (await RunAsync("target", "get", "aws", "--output", "json")).Data.ShouldBe(before);

        Lists(Script, Script.Replace("run_script", "list_regions", StringComparison.Ordinal));
        var (code, _, words) = await RunAsync("target", "sync", "aws", "--output", "json");
        code.ShouldBe(ExitCode.Ok, words);
        var after = JsonNode.Parse((await RunAsync("target", "get", "aws", "--output", "json")).Data)!["targetConfiguration"]!["mcp"]!["lambda"]!["toolSchema"]!["inlinePayload"]!.AsArray();
        after.Select(tool => (string)tool!["name"]!).ShouldBe(["aws___run_script", "aws___list_regions"]);
    }

    [Fact]
    public async Task What_is_no_wrapper_or_cannot_be_asked_is_told_with_the_repair()
    {
        _answer = """{"instances": []}""";
        var (code, _, words) = await RunAsync("target", "add", "mcp-wrapper", "aws", "--lambda-arn", Function);
        (code, words.Contains("did not answer as an MCP wrapper does", StringComparison.Ordinal)).ShouldBe((ExitCode.Refused, true), words);

        _answer = """{"statusCode": 200, "body": "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"[assume_role] No way in.\"}}"}""";
        (_, _, words) = await RunAsync("target", "add", "mcp-wrapper", "aws", "--lambda-arn", Function);
        words.ShouldContain("[assume_role] No way in.");

        (code, _, words) = await RunAsync("target", "add", "mcp-wrapper", "aws", "--lambda-arn", "ec2");
        (code, words.Contains("is not the ARN of a function", StringComparison.Ordinal)).ShouldBe((ExitCode.Usage, true), words);
    }

    private Task<(int Code, string Data, string Words)> RunAsync(params string[] arguments) => ManagedGateways.RunAtAsync(80, [.. arguments, "--state", State]);

    private void Lists(params string[] tools) => _answer = new JsonObject
    {
        ["statusCode"] = 200,
        ["body"] = $$"""{"jsonrpc":"2.0","id":1,"result":{"tools":[{{string.Join(',', tools)}}] } }""",
    }.ToJsonString();

    private Task AnswerAsync(HttpContext context)
    {
        context.Request.Path.Value.ShouldStartWith("/2015-03-31/functions/");
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(_answer);
    }
}
