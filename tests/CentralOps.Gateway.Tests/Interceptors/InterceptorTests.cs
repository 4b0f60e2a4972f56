using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Interceptors;

/// <summary>Interceptors through the front door: real invocations of functions on Lambda's wire, on loopback.</summary>
public sealed class InterceptorTests
{
    private const string OnRequest = "arn:aws:lambda:us-east-1:111111111111:function:before";
    private const string OnResponse = "arn:aws:lambda:us-east-1:111111111111:function:after";

    private const string Call = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"ec2___echo","arguments":{"message":"hi"}}}""";

    [Fact]
    public async Task Both_see_every_message_in_order_in_the_form_that_live_gateways_send()
    {
        await using var lambda = await StartAsync();
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Both());

        (await gateway.Http.PostAsync(Call)).Text.ShouldBe("""{"said":"hi"}""");

        lambda.Invocations.Select(Name).ShouldBe(["before", "central-ops-ec2", "after"]);
        lambda.Invocations.ShouldAllBe(invocation => invocation.Signature.Accepted && invocation.Type == "RequestResponse");
        var (before, after) = (Json(lambda.Invocations.First()), Json(lambda.Invocations.Last()));
        JsonNode.DeepEquals(before, JsonNode.Parse($$$"""
            {"interceptorInputVersion":"1.0","mcp":{
              "rawGatewayRequest":{"body":{{{JsonSerializer.Serialize(Call)}}} },
              "gatewayRequest":{"path":"/mcp","httpMethod":"POST","headers":{},"body":{{{Call}}},"context":null},
              "gatewayResponse":null}}
            """)).ShouldBeTrue(before.ToJsonString());
        JsonNode.DeepEquals(after["mcp"]!["gatewayResponse"], JsonNode.Parse("""
            {"path":"/mcp","httpMethod":"POST","statusCode":200,"headers":{},"isStreamingResponse":false,
             "body":{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"{\"said\":\"hi\"}"}],"isError":false}}}
            """)).ShouldBeTrue(after.ToJsonString());
        JsonNode.DeepEquals(after["mcp"]!["gatewayRequest"], before["mcp"]!["gatewayRequest"]).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""", 200)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", 200)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", 200)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"no/such"}""", 200)]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", 202)]
    public async Task They_fire_on_every_kind_of_message(string message, int status)
    {
        await using var lambda = await StartAsync();
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Both());

        ((int)(await gateway.Http.PostAsync(message)).Status).ShouldBe(status);

        lambda.Invocations.Select(Name).ShouldBe(["before", "after"]);
        var shown = Json(lambda.Invocations.Last())["mcp"]!["gatewayResponse"]!;
        ((int)shown["statusCode"]!).ShouldBe(status);
        (shown["body"] is null).ShouldBe(status == 202);
    }

    [Fact]
    public async Task What_never_was_a_message_they_do_not_see()
    {
        await using var lambda = await StartAsync();
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Both());
        foreach (var body in new[] { "{", """{"jsonrpc":"2.0","id":1}""", """{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", "[]" })
        {
            (await gateway.Http.PostAsync(body)).Status.ShouldBe(HttpStatusCode.BadRequest);
        }

        lambda.Invocations.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_is_not_given_the_headers_sees_none_and_one_that_is_sees_all()
    {
        await using var lambda = await StartAsync();
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Configure(
            new InterceptorConfig(OnRequest, true, false, PassRequestHeaders: true, false), new InterceptorConfig(OnResponse, false, true, PassRequestHeaders: false, ExcludeResponseBody: true)));

        await gateway.Http.PostAsync(Call, ("X-Tenant", "blue"), ("Authorization", "Bearer secret"));

        var headers = Json(lambda.Invocations.First())["mcp"]!["gatewayRequest"]!["headers"]!;
        ((string)headers["X-Tenant"]!).ShouldBe("blue");
        ((string)headers["Authorization"]!).ShouldBe("Bearer secret");
        var after = Json(lambda.Invocations.Last())["mcp"]!;
        after["gatewayRequest"]!["headers"]!.AsObject().Count.ShouldBe(0);
        after["gatewayResponse"]!["body"].ShouldBeNull();
        lambda.Invocations.Last().Payload.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_changed_body_is_what_the_target_gets()
    {
        await using var lambda = await StartAsync(before: """{"transformedGatewayRequest":{"body":{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"ec2___echo","arguments":{"message":"changed"}}}}}""");
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Both());
        (await gateway.Http.PostAsync(Call)).Text.ShouldBe("""{"said":"changed"}""");
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"ec2___nothing","arguments":{}}}""", "Unknown tool")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"ec2___echo","arguments":{"message":1}}}""", "message")]
    [InlineData("""{"jsonrpc":"1.0","id":7,"method":"ping"}""", "must be")]
    [InlineData("""{"jsonrpc":"2.0","id":7}""", "must be a string")]
    [InlineData("""{"jsonrpc":"2.0","id":8,"method":"ping"}""", "another id")]
    [InlineData("""{"jsonrpc":"2.0","id":"7","method":"ping"}""", "another id")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", "another id")]
    public async Task A_changed_body_is_judged_as_if_the_client_had_sent_it(string body, string words)
    {
        await using var lambda = await StartAsync(before: $$$"""{"transformedGatewayRequest":{"body":{{{body}}} }}""");
        await using var gateway = await lambda.GatewayAsync(debug: true, configure: Both());

        var answer = await gateway.Http.PostAsync(Call);

        answer.Body.ShouldContain(words);
        lambda.Invocations.ShouldNotContain(invocation => Name(invocation) == "central-ops-ec2");
    }

    [Fact]
    public async Task A_changed_body_that_is_nested_too_deep_is_refused_as_a_clients_would_be()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70);
        await using var lambda = await StartAsync(before: $$$"""{"transformedGatewayRequest":{"body":{"jsonrpc":"2.0","id":7,"method":"ping","params":{{{deep}}} }} }""");
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Both());
        (await gateway.Http.PostAsync(Call)).Message.ShouldContain("nested more than 64 deep");
    }

    [Fact]
    public async Task A_version_that_an_interceptor_sets_is_judged_too()
    {
        await using var lambda = await StartAsync(before: """{"transformedGatewayRequest":{"headers":{"mcp-protocol-version":"1999-01-01"}}}""");
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Both());
        (await gateway.Http.PostAsync(Call)).Message.ShouldContain("Unsupported protocol version");
    }

    [Fact]
    public async Task Its_headers_win_over_the_clients_and_only_its_own_Authorization_reaches_the_target()
    {
        var seen = new List<(string? Authorization, string? Tenant, string? Kept)>();
        var target = new TestTarget((invocation, _) =>
        {
            seen.Add((invocation.Authorization, invocation.Headers!["x-tenant"], invocation.Headers!["X-Kept"]));
            return new(Gateway.Targets.TargetAnswer.Of("1"u8.ToArray()));
        });
        var before = """{"transformedGatewayRequest":{"headers":{"X-Tenant":"green","authorization":"Bearer of-the-interceptor","Content-Length":"1","Host":"attacker.example"}}}""";
        await using var lambda = await StartAsync(before);
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: options => Both()(options) with
        {
            Gateway = Both()(options).Gateway! with { Targets = [TestGateway.Target("ec2", TestGateway.Tool("echo")) with { Endpoint = new TargetEndpoint.Builtin("t") }] },
            Builtins = new Dictionary<string, Gateway.Targets.ITarget>(StringComparer.Ordinal) { ["t"] = target },
        });
        await using var plain = await TestGateway.StartAsync(target);

        (await gateway.Http.PostAsync(Call, ("X-Tenant", "blue"), ("X-Kept", "k"), ("Authorization", "Bearer of-the-client"))).Text.ShouldBe("1");
        (await plain.Http.PostAsync(Call, ("X-Tenant", "blue"), ("Authorization", "Bearer of-the-client"))).Text.ShouldBe("1");

        seen.ShouldBe([("Bearer of-the-interceptor", "green", "k"), (null, "blue", null)]);
    }

    [Fact]
    public async Task A_short_circuit_answers_in_the_targets_place_and_the_other_interceptor_still_runs()
    {
        await using var lambda = await StartAsync(
            before: """{"transformedGatewayRequest":{"body":{}},"transformedGatewayResponse":{"statusCode":403,"headers":{"X-Why":"rules","Content-Length":"3"},"body":{"jsonrpc":"2.0","id":7,"error":{"code":-32002,"message":"no"}}}}""");
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Both());

        var answer = await gateway.Http.PostAsync(Call);

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Message.ShouldBe("no");
        answer.Headers!.GetValues("X-Why").ShouldBe(["rules"]);
        lambda.Invocations.Select(Name).ShouldBe(["before", "after"]);
        ((int)Json(lambda.Invocations.Last())["mcp"]!["gatewayResponse"]!["statusCode"]!).ShouldBe(403);
    }

    [Fact]
    public async Task The_answer_goes_out_as_the_second_interceptor_left_it()
    {
        await using var lambda = await StartAsync(
            after: """{"transformedGatewayResponse":{"statusCode":201,"headers":{"X-Seen":"yes"},"body":{"jsonrpc":"2.0","id":7,"result":{"content":[],"isError":false}}}}""");
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Both());

        var answer = await gateway.Http.PostAsync(Call);

        answer.Status.ShouldBe(HttpStatusCode.Created);
        answer.Body.ShouldBe("""{"jsonrpc":"2.0","id":7,"result":{"content":[],"isError":false}}""");
        answer.Headers!.GetValues("X-Seen").ShouldBe(["yes"]);
    }

    [Fact]
    public async Task One_function_may_stand_at_both_points_and_one_may_stand_alone()
    {
        await using var lambda = await StartAsync();
        await using var both = await lambda.GatewayAsync(debug: false, configure: Configure(new InterceptorConfig(OnRequest, true, true, false, false)));
        await using var late = await lambda.GatewayAsync(debug: false, configure: Configure(new InterceptorConfig(OnResponse, false, true, false, false)));
        (await both.Http.PostAsync(Call)).IsError.ShouldBeFalse();
        (await late.Http.PostAsync(Call)).IsError.ShouldBeFalse();
        lambda.Invocations.Select(Name).ShouldBe(["before", "central-ops-ec2", "before", "central-ops-ec2", "after"]);
    }

    public static TheoryData<string> Bad =>
    [
        "null", "[]", "\"text\"", "{}", """{"interceptorOutputVersion":"1.0"}""", """{"interceptorOutputVersion":"2.0","mcp":{"transformedGatewayRequest":{}}}""",
        """{"interceptorOutputVersion":1.0,"mcp":{"transformedGatewayRequest":{}}}""", """{"interceptorOutputVersion":"1.0","mcp":[]}""", """{"interceptorOutputVersion":"1.0","mcp":{}}""",
        """{"interceptorOutputVersion":"1.0","http":{}}""", """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayRequest":[]}}""",
        """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayRequest":{"body":null}}}""", """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayRequest":{"body":"{}"}}}""",
        """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayRequest":{"headers":[]}}}""", """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayRequest":{"headers":{"X":1}}}}""",
        """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayRequest":{"headers":{"X":"a\r\nSet-Cookie: b"}}}}""", """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayRequest":{"headers":{"X Y":"a"}}}}""",
        """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayRequest":{"headers":{"X":"\ud800"}}}}""", """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayRequest":{},"transformedGatewayRequest":{}}}""",
        """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayResponse":{"body":{}}}}""", """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayResponse":{"statusCode":"200","body":{}}}}""",
        """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayResponse":{"statusCode":99,"body":{}}}}""", """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayResponse":{"statusCode":101,"body":{}}}}""",
        """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayResponse":{"statusCode":600,"body":{}}}}""", """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayResponse":{"statusCode":204,"body":{}}}}""",
        """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayResponse":{"statusCode":200,"body":[]}}}""", """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayResponse":{"statusCode":200.5,"body":{}}}}""",
        "{\"interceptorOutputVersion\":\"1.0\",", "\u0000",
    ];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task One_that_answers_nonsense_ends_the_message_and_the_target_is_not_asked(string answer)
    {
        await using var lambda = await LambdaEndpoint.StartAsync((invocation, response) => response.WriteAsync(Name(invocation) == "before" ? answer : "1"));
        await using var masked = await lambda.GatewayAsync(debug: false, configure: Both());
        await using var debug = await lambda.GatewayAsync(debug: true, configure: Both());

        var told = await masked.Http.PostAsync(Call);
        told.Status.ShouldBe(HttpStatusCode.InternalServerError);
        (told.Code, told.Id, told.Message).ShouldBe((-32603, "7", "InterceptorException - Received invalid response from interceptor"));
        (await debug.Http.PostAsync(Call)).Message.ShouldStartWith("InterceptorException - Received invalid response from interceptor: ");
        lambda.Invocations.ShouldAllBe(invocation => Name(invocation) == "before");
    }

    [Fact]
    public async Task One_that_fails_after_the_target_takes_the_answer_with_it()
    {
        await using var lambda = await LambdaEndpoint.StartAsync((invocation, response) => Name(invocation) switch
        {
            "before" => response.WriteAsync(Pass(Json(invocation))),
            "after" => LambdaEndpoint.FailAsync(response, 403, "AccessDeniedException", "no"),
            _ => response.WriteAsync("\"top secret\""),
        });
        await using var masked = await lambda.GatewayAsync(debug: false, configure: Both());
        await using var debug = await lambda.GatewayAsync(debug: true, configure: Both());

        var told = await masked.Http.PostAsync(Call);
        told.Status.ShouldBe(HttpStatusCode.InternalServerError);
        told.Message.ShouldBe("InterceptorException - An internal error occurred. Please retry later.");
        told.Body.ShouldNotContain("top secret");
        (await debug.Http.PostAsync(Call)).Message.ShouldContain($"Access denied while invoking Lambda function {OnResponse}");
        var notified = await masked.Http.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        (notified.Status, notified.Id).ShouldBe((HttpStatusCode.InternalServerError, "null"));
    }

    [Fact]
    public async Task One_that_throws_or_hangs_or_returns_too_much_ends_the_message()
    {
        var time = new ManualTime();
        using var over = new CancellationTokenSource();
        var behaviour = "throw";
        await using var lambda = await LambdaEndpoint.StartAsync(
            async (_, response) =>
            {
                if (behaviour == "throw")
                {
                    response.Headers["X-Amz-Function-Error"] = "Unhandled";
                    await response.WriteAsync("""{"errorType":"Boom","errorMessage":"why"}""");
                }
                else if (behaviour == "hang")
                {
                    await Task.Delay(Timeout.Infinite, over.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
                }
                else
                {
                    await response.WriteAsync($"\"{new string('x', 7 * 1024 * 1024)}\"");
                }
            },
            time);
        await using var gateway = await lambda.GatewayAsync(debug: true, configure: Both());
        (await gateway.Http.PostAsync(Call)).Message.ShouldContain("failed (Unhandled): Boom: why.");
        behaviour = "much";
        (await gateway.Http.PostAsync(Call)).Message.ShouldContain("larger than the 6 MB");
        behaviour = "hang";
        var waiting = gateway.Http.PostAsync(Call);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await time.UntilAwaitedAsync(TimeSpan.FromMinutes(1), patience.Token);
        time.Advance(TimeSpan.FromMinutes(1));
        (await waiting).Message.ShouldContain("did not answer within 60 seconds");
        await over.CancelAsync();
    }

    [Fact]
    public async Task A_message_too_large_to_be_shown_twice_is_not_let_past()
    {
        await using var lambda = await StartAsync();
        await using var gateway = await lambda.GatewayAsync(debug: true, configure: Both());
        var answer = await gateway.Http.PostAsync(McpHttp.Call($$"""{"message":"{{new string('x', 4 * 1024 * 1024)}}"}"""));
        answer.Message.ShouldContain("would be given is larger than 6 MB");
        lambda.Invocations.ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_message_of_a_batch_passes_through_them_and_one_that_is_refused_leaves_the_others_alone()
    {
        await using var lambda = await LambdaEndpoint.StartAsync((invocation, response) =>
        {
            var input = Json(invocation);
            var id = (int?)input["mcp"]?["gatewayRequest"]?["body"]?["id"];
            return response.WriteAsync(Name(invocation) == "before" && id == 2
                ? """{"interceptorOutputVersion":"1.0","mcp":{"transformedGatewayResponse":{"statusCode":403,"headers":{"X-No":"x"},"body":{"jsonrpc":"2.0","id":2,"error":{"code":-1,"message":"no"}}}}}"""
                : Pass(input));
        });
        await using var gateway = await lambda.GatewayAsync(debug: false, configure: Both());

        var answer = await gateway.Http.PostAsync(
            """[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"},{"jsonrpc":"2.0","id":3,"method":"ping"}]""",
            ("MCP-Protocol-Version", "2025-03-26"));

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Body.ShouldBe("""[{"jsonrpc":"2.0","id":1,"result":{}},{"jsonrpc":"2.0","id":2,"error":{"code":-1,"message":"no"}},{"jsonrpc":"2.0","id":3,"result":{}}]""");
        answer.Headers!.Contains("X-No").ShouldBeFalse();
    }

    private static Func<GatewayOptions, GatewayOptions> Both() => Configure(
        new InterceptorConfig(OnRequest, true, false, false, false), new InterceptorConfig(OnResponse, false, true, false, false));

    private static Func<GatewayOptions, GatewayOptions> Configure(params InterceptorConfig[] interceptors) =>
        options => options with { Gateway = options.Gateway! with { Interceptors = interceptors } };

    /// <param name="before">What the first returns under <c>mcp</c>; null: the message as it was.</param>
    private static Task<LambdaEndpoint> StartAsync(string? before = null, string? after = null) => LambdaEndpoint.StartAsync((invocation, response) =>
    {
        var changed = Name(invocation) switch { "before" => before, "after" => after, _ => null };
        return response.WriteAsync(changed is not null ? $$$"""{"interceptorOutputVersion":"1.0","mcp":{{{changed}}} }"""
            : Name(invocation) == "central-ops-ec2" ? $$$"""{"said":{{{Json(invocation)["message"]!.ToJsonString()}}} }"""
            : Pass(Json(invocation)));
    });

    private static string Pass(JsonNode input)
    {
        if (input["mcp"] is not { } mcp)
        {
            return "1";
        }

        var response = mcp["gatewayResponse"];
        var (name, body) = response is null ? ("transformedGatewayRequest", mcp["gatewayRequest"]!["body"]) : ("transformedGatewayResponse", response["body"]);
        return "{\"interceptorOutputVersion\":\"1.0\",\"mcp\":{\"" + name + "\":" + (body is null ? "{}" : "{\"body\":" + body.ToJsonString() + "}") + "}}";
    }

    private static string Name(Invocation invocation) => invocation.Path.Split('/')[3].Split(':')[^1];

    private static JsonNode Json(Invocation invocation) => JsonNode.Parse(invocation.Payload, documentOptions: new() { MaxDepth = 200 })!;
}
