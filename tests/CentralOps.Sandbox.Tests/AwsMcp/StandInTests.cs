using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.AwsMcp;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Tests.Fixtures;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.Tests.AwsMcp;

/// <summary>The stand-in for the AWS MCP Server as a client meets it.</summary>
public sealed class StandInTests : IAsyncLifetime
{
    private SandboxServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await SandboxServer.StartAsync(new SandboxOptions { AwsMcp = new AwsMcpOptions { RequestsPerSecond = 10_000, Burst = 10_000 } }, CancellationToken.None);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task A_request_without_a_signature_is_refused_as_AWS_does()
    {
        using var client = new McpClient(_server, _server.Operator);

        var answer = await client.SendAsync("POST", """{"jsonrpc":"2.0","id":1,"method":"ping"}""", signed: false);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Headers["x-amzn-ErrorType"].ShouldBe("MissingAuthenticationTokenException");
        answer.Json.GetProperty("message").GetString().ShouldBe("Missing Authentication Token");
    }

    [Fact]
    public async Task A_wrong_secret_an_old_signature_and_a_region_without_the_server_are_refused()
    {
        using var wrong = new McpClient(_server, _server.Operator with { SecretAccessKey = "wrong" });
        using var old = new McpClient(_server, _server.Operator);
        using var elsewhere = new McpClient(_server, _server.Operator, "us-west-2");

        (await wrong.InitializeAsync()).Headers["x-amzn-ErrorType"].ShouldBe("InvalidSignatureException");
        (await old.SendAsync("POST", "{}", now: DateTimeOffset.UtcNow.AddMinutes(-20))).Headers["x-amzn-ErrorType"].ShouldBe("InvalidSignatureException");
        (await elsewhere.InitializeAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_signature_for_another_service_does_not_open_it()
    {
        using var client = new McpClient(_server, _server.Operator);

        var answer = await client.SendAsync("POST", """{"jsonrpc":"2.0","id":1,"method":"ping"}""", service: "sts");

        answer.Body.ShouldNotContain("jsonrpc");
        ((int)answer.Status).ShouldBeGreaterThanOrEqualTo(400);
    }

    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-03-26", "2025-03-26")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2031-01-01", "2025-11-25")]
    public async Task Initialize_agrees_on_a_revision_and_opens_a_session(string asked, string agreed)
    {
        using var client = await McpClient.OpenAsync(_server, _server.Operator, asked);

        client.Version.ShouldBe(agreed);
        (await client.TellAsync("notifications/initialized", [])).Status.ShouldBe(HttpStatusCode.Accepted);
        (await client.AskAsync("ping")).Result.EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_tool_list_is_AWSs_present_one_with_schemas_and_annotations()
    {
        using var client = await McpClient.OpenAsync(_server, _server.Operator);

        var tools = (await client.AskAsync("tools/list")).Result.GetProperty("tools").EnumerateArray().ToArray();

        tools.Select(tool => tool.GetProperty("name").GetString()).ShouldBe(
            ["aws___search_documentation", "aws___read_documentation", "aws___retrieve_skill", "aws___list_regions", "aws___get_regional_availability", "aws___run_script", "aws___get_presigned_url"]);
        tools.ShouldAllBe(tool => tool.GetProperty("inputSchema").GetProperty("type").GetString() == "object");
        tools.Where(tool => !tool.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean()).Select(tool => tool.GetProperty("name").GetString())
            .ShouldBe(["aws___run_script", "aws___get_presigned_url"]);
    }

    [Fact]
    public async Task A_session_is_its_owners_and_unknown_to_everybody_else()
    {
        using var owner = await McpClient.OpenAsync(_server, _server.Operator);
        using var other = new McpClient(_server, await Signed.SessionAsync(_server, "222222222222")) { Session = owner.Session, Version = owner.Version };
        using var inventor = new McpClient(_server, _server.Operator) { Session = "invented", Version = owner.Version };
        using var without = new McpClient(_server, _server.Operator) { Version = owner.Version };

        var (foreign, invented) = (await other.AskAsync("ping"), await inventor.AskAsync("ping"));

        foreign.Status.ShouldBe(HttpStatusCode.NotFound);
        foreign.Body.ShouldBe(invented.Body);
        (await without.AskAsync("ping")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await owner.AskAsync("ping")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_deleted_session_is_gone()
    {
        using var client = await McpClient.OpenAsync(_server, _server.Operator);

        (await client.DeleteAsync()).Status.ShouldBe(HttpStatusCode.NoContent);
        (await client.AskAsync("ping")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.DeleteAsync()).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Renewed_credentials_of_the_same_session_name_go_on_in_the_session()
    {
        using var before = await McpClient.OpenAsync(_server, await Signed.SessionAsync(_server, "222222222222"));
        using var after = new McpClient(_server, await Signed.SessionAsync(_server, "222222222222")) { Session = before.Session, Version = before.Version };

        (await after.AskAsync("ping")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("{", -32700)]
    [InlineData("[]", -32600)]
    [InlineData("7", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}""", -32600)]
    public async Task What_is_no_message_is_refused_with_its_reason(string body, int code)
    {
        using var client = await McpClient.OpenAsync(_server, _server.Operator);

        var answer = await client.PostAsync(body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ErrorCode.ShouldBe(code);
        answer.Json.GetProperty("error").GetProperty("message").GetString()!.Length.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Deep_nesting_large_bodies_and_wrong_headers_are_refused()
    {
        using var client = await McpClient.OpenAsync(_server, _server.Operator);
        const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

        (await client.PostAsync(new string('[', 100) + new string(']', 100))).ErrorCode.ShouldBe(-32700);
        (await client.PostAsync(new string(' ', (1024 * 1024) + 1))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await client.PostAsync(Ping, headers: ("Content-Type", "text/plain"))).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await client.PostAsync(Ping, headers: ("Accept", "text/html"))).Status.ShouldBe(HttpStatusCode.NotAcceptable);
        (await client.PostAsync(Ping, headers: ("MCP-Protocol-Version", "1999-01-01"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await client.SendAsync("GET", "")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        (await client.SendAsync("POST", Ping, "/elsewhere")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostAsync(Ping)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_unknown_method_an_unknown_tool_and_bad_arguments_are_told_apart()
    {
        using var client = await McpClient.OpenAsync(_server, _server.Operator);

        (await client.AskAsync("resources/list")).ErrorCode.ShouldBe(-32601);
        (await client.CallAsync("call_aws")).ErrorCode.ShouldBe(-32602);
        var answer = await client.CallAsync("read_documentation", new JsonObject { ["url"] = 7 });
        answer.IsError.ShouldBeTrue();
        answer.Text.ShouldStartWith("url: ");
    }

    [Fact]
    public async Task The_documentation_tools_answer_from_the_sandboxs_own_texts()
    {
        using var client = await McpClient.OpenAsync(_server, _server.Operator);

        var found = await client.CallAsync("search_documentation", new JsonObject { ["search_phrase"] = "which S3 bucket is public?", ["limit"] = 3 });
        var first = found.Structured.GetProperty("results")[0];
        first.GetProperty("title").GetString().ShouldBe("Amazon S3: public access");
        var page = await client.CallAsync("read_documentation", new JsonObject { ["url"] = first.GetProperty("url").GetString() });
        page.Text.ShouldContain("GetBucketPolicyStatus");
        (await client.CallAsync("retrieve_skill", new JsonObject { ["skill_name"] = "check-alarms" })).Text.ShouldContain("describe_alarms");
        (await client.CallAsync("list_regions")).Structured.GetProperty("regions").GetArrayLength().ShouldBeGreaterThan(20);
        var availability = (await client.CallAsync("get_regional_availability", new JsonObject { ["region"] = "eu-west-1", ["services"] = new JsonArray("ec2", "braket") })).Structured.GetProperty("availability");
        availability.GetProperty("ec2").GetString().ShouldBe("available");
        availability.GetProperty("braket").GetString().ShouldBe("not_available");
    }

    [Fact]
    public async Task A_presigned_url_carries_the_callers_signature()
    {
        var session = await Signed.SessionAsync(_server, "222222222222");
        using var client = await McpClient.OpenAsync(_server, session);

        var url = new Uri((await client.CallAsync("get_presigned_url", new JsonObject { ["bucket"] = "a-bucket", ["key"] = "a b/c" })).Structured.GetProperty("url").GetString()!);

        url.AbsolutePath.ShouldBe("/a-bucket/a%20b/c");
        url.Query.ShouldContain("X-Amz-Credential=" + session.AccessKeyId);
        using var http = new HttpClient();
        using var response = await http.GetAsync(url);
        // The signature holds, and the sandbox has no objects.
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("Signature");
    }

    [Fact]
    public async Task Calls_stand_in_the_trail_under_CloudTrails_names()
    {
        using var client = await McpClient.OpenAsync(_server, _server.Operator);
        await client.CallAsync("list_regions");
        await client.CallAsync("get_presigned_url", new JsonObject { ["bucket"] = "a-bucket", ["key"] = "k" });

        _server.Trail.Find(new TrailQuery(Service: "aws-mcp")).Select(call => call.Operation).ShouldBe(["InvokeMcp", "CallReadOnlyTool", "CallReadWriteTool"]);
    }

    [Fact]
    public async Task A_fault_strikes_it_as_any_service()
    {
        using var client = await McpClient.OpenAsync(_server, _server.Operator);
        _server.Faults.Add(new Fault(FaultKind.Expired, Service: "aws-mcp", Times: 1));

        (await client.AskAsync("ping")).Headers["x-amzn-ErrorType"].ShouldBe("ExpiredTokenException");
        (await client.AskAsync("ping")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_answers_as_events_when_it_is_told_to()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { AwsMcp = new AwsMcpOptions { AnswersAsEvents = true } }, CancellationToken.None);
        using var client = new McpClient(server, server.Operator);

        var answer = await client.InitializeAsync();

        answer.Headers["Content-Type"].ShouldBe("text/event-stream");
        var data = answer.Body.Split('\n').Single(line => line.StartsWith("data: ", StringComparison.Ordinal));
        JsonSerializer.Deserialize<JsonElement>(data[6..]).GetProperty("result").GetProperty("protocolVersion").GetString().ShouldBe("2025-11-25");
    }

    [Fact]
    public async Task Without_sessions_it_speaks_the_newest_revision_when_it_is_told_to()
    {
        await using var server = await SandboxServer.StartAsync(new SandboxOptions { AwsMcp = new AwsMcpOptions { Stateless = true } }, CancellationToken.None);
        using var client = new McpClient(server, server.Operator) { Version = "2026-07-28" };

        (await client.AskAsync("server/discover")).Result.GetProperty("supportedVersions")[0].GetString().ShouldBe("2026-07-28");
        var list = (await client.AskAsync("tools/list")).Result;
        list.GetProperty("resultType").GetString().ShouldBe("complete");
        list.GetProperty("tools").GetArrayLength().ShouldBe(7);
        (await client.CallAsync("list_regions")).Result.GetProperty("resultType").GetString().ShouldBe("complete");
    }

    [Fact]
    public async Task A_setting_out_of_its_range_stops_the_start()
    {
        var start = () => SandboxServer.StartAsync(new SandboxOptions { AwsMcp = new AwsMcpOptions { Sessions = 0 } }, CancellationToken.None);

        (await start.ShouldThrowAsync<ArgumentException>()).Message.ShouldContain("AwsMcp.Sessions");
    }
}
