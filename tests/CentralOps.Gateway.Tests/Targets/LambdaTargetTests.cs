using System.Text.Json;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Targets;

public sealed class LambdaTargetTests
{
    private const string Masked = "An internal error occurred. Please retry later.";

    [Fact]
    public async Task A_function_is_invoked_signed_with_the_bare_arguments_and_the_whole_client_context()
    {
        await using var lambda = await LambdaEndpoint.ReturningAsync("{}");
        await using var gateway = await lambda.GatewayAsync(debug: false);

        await gateway.Http.PostAsync(McpHttp.Call("""{ "message":"hi" }""", "\"call-\\u0037 é\""));

        var invocation = lambda.Invocations.ShouldHaveSingleItem();
        invocation.Signature.Accepted.ShouldBeTrue(invocation.Signature.Message);
        invocation.Path.ShouldBe($"/2015-03-31/functions/{TestGateway.FunctionArn}/invocations");
        invocation.Type.ShouldBe("RequestResponse");
        invocation.Payload.ShouldBe("""{ "message":"hi" }""");
        invocation.ClientContext.EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe("custom");
        var custom = invocation.Custom.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString());
        Guid.TryParse(custom["bedrockAgentCoreAwsRequestId"], out _).ShouldBeTrue();
        custom.Remove("bedrockAgentCoreAwsRequestId");
        custom.ShouldBe(
            new Dictionary<string, string?>
            {
                ["bedrockAgentCoreMessageVersion"] = "1.0",
                ["bedrockAgentCoreMcpMessageId"] = "call-7 é",
                ["bedrockAgentCoreGatewayId"] = TestGateway.Id,
                ["bedrockAgentCoreTargetId"] = TestGateway.TargetId,
                ["bedrockAgentCoreToolName"] = "ec2___echo",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task Each_call_has_a_request_id_of_its_own_and_a_number_is_told_as_text()
    {
        await using var lambda = await LambdaEndpoint.ReturningAsync("{}");
        await using var gateway = await lambda.GatewayAsync(debug: false);

        await gateway.Http.PostAsync(McpHttp.Call("""{"message":"a"}""", "-7"));
        await gateway.Http.PostAsync(McpHttp.Call("""{"message":"b"}""", "-7"));

        lambda.Invocations.Select(invocation => invocation.Custom.GetProperty("bedrockAgentCoreAwsRequestId").GetString()).Distinct().Count().ShouldBe(2);
        lambda.Invocations.ShouldAllBe(invocation => invocation.Custom.GetProperty("bedrockAgentCoreMcpMessageId").GetString() == "-7");
    }

    [Theory]
    [InlineData("""{ "a" : [ 1.0 , 1e5, true, null, { } , [ ] ], "b c" : "x  y" }""", """{"a":[1.0,1e5,true,null,{},[]],"b c":"x  y"}""")]
    [InlineData("""{"statusCode":200,"body":"{\"x\": 1}"}""", """{"statusCode":200,"body":"{\"x\": 1}"}""")]
    [InlineData("\"plain \\u00fc \\n text\"", "plain ü \n text")]
    [InlineData("\"\"", "")]
    [InlineData("null", "null")]
    [InlineData(" 12345678901234567890.10 ", "12345678901234567890.10")]
    [InlineData("""{"u":"\u00fc\/\"\\\u0001","lone":"\ud800"}""", """{"u":"ü/\"\\\u0001","lone":"\ud800"}""")]
    [InlineData("", "")]
    public async Task All_that_a_function_returns_is_the_one_text_compactly(string returned, string text)
    {
        await using var lambda = await LambdaEndpoint.ReturningAsync(returned);
        await using var gateway = await lambda.GatewayAsync(debug: false);

        var answer = await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""));

        answer.IsError.ShouldBeFalse();
        answer.Result.GetProperty("content").GetArrayLength().ShouldBe(1);
        answer.Text.ShouldBe(text);
    }

    [Theory]
    [InlineData("{not json")]
    [InlineData("{} {}")]
    [InlineData("\"half \\ud800\"")]
    public async Task What_is_not_json_is_a_tool_error(string returned)
    {
        await using var lambda = await LambdaEndpoint.ReturningAsync(returned);
        await using var gateway = await lambda.GatewayAsync(debug: true);

        var answer = await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""));

        answer.IsError.ShouldBeTrue();
        answer.Text.ShouldBe("The function returned something that is not JSON.");
    }

    [Fact]
    public async Task Structured_content_is_the_object_that_the_function_returned_and_anything_else_breaks_its_promise()
    {
        var switches = new CompatibilitySwitches { StructuredContent = true };
        await using var objects = await LambdaEndpoint.ReturningAsync("""{ "a" : 1 }""");
        await using var arrays = await LambdaEndpoint.ReturningAsync("[1]");
        await using var one = await objects.GatewayAsync(debug: true, switches);
        await using var other = await arrays.GatewayAsync(debug: true, switches);
        (string, string) version = ("MCP-Protocol-Version", "2025-11-25");

        var kept = await one.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), version);
        var broken = await other.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""), version);

        kept.Result.GetProperty("structuredContent").GetRawText().ShouldBe("""{"a":1}""");
        broken.IsError.ShouldBeTrue();
        broken.Text.ShouldContain("output schema");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_function_error_is_told_in_debug_without_its_stack_and_masked_otherwise(bool debug)
    {
        await using var lambda = await LambdaEndpoint.StartAsync((_, response) =>
        {
            response.Headers["X-Amz-Function-Error"] = "Unhandled";
            return response.WriteAsync("""{"errorType":"Runtime.ExitError","errorMessage":"signal: killed\u202e","stackTrace":["at Secret.Place()"]}""");
        });
        await using var gateway = await lambda.GatewayAsync(debug);

        var answer = await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""));

        answer.IsError.ShouldBeTrue();
        answer.Body.ShouldNotContain("Secret");
        ShouldTell(answer, debug, $"Lambda function {TestGateway.FunctionArn} failed (Unhandled): Runtime.ExitError: signal: killed. See the function's log, and retry the request.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{not json")]
    [InlineData("null")]
    [InlineData("{\"errorMessage\":\"half \\ud800\"}")]
    [InlineData("{\"errorMessage\":{\"a\":1},\"errorType\":7}")]
    public async Task A_function_error_of_any_form_is_one_of_the_function(string payload)
    {
        await using var lambda = await LambdaEndpoint.StartAsync((_, response) =>
        {
            response.Headers["X-Amz-Function-Error"] = "Unhandled";
            return response.WriteAsync(payload);
        });
        await using var gateway = await lambda.GatewayAsync(debug: true);

        var answer = await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""));

        answer.IsError.ShouldBeTrue();
        answer.Text.ShouldBe($"Lambda function {TestGateway.FunctionArn} failed (Unhandled). See the function's log, and retry the request.");
    }

    public static TheoryData<int, string, string> Refusals => new()
    {
        { 403, "AccessDeniedException", $"Access denied while invoking Lambda function {TestGateway.FunctionArn}. Check the permissions on the Lambda function and Gateway execution role, and retry the request." },
        { 404, "ResourceNotFoundException", $"Lambda function {TestGateway.FunctionArn} was not found." },
        { 413, "RequestTooLargeException", "The arguments are larger than the 6 MB" },
        { 403, "ExpiredTokenException", "The credentials of the Gateway execution role were not accepted" },
        { 400, "InvalidRequestContentException", "Lambda refused to invoke function" },
        { 500, "ServiceException", "Lambda refused to invoke function" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_lambda_refuses_has_its_own_words_in_debug(int status, string code, string said)
    {
        await using var lambda = await LambdaEndpoint.StartAsync((_, response) => LambdaEndpoint.FailAsync(response, status, code, "Because."));
        await using var debug = await lambda.GatewayAsync(debug: true);
        await using var masked = await lambda.GatewayAsync(debug: false);

        ShouldTell(await debug.Http.PostAsync(McpHttp.Call("""{"message":"hi"}""")), debug: true, said);
        ShouldTell(await masked.Http.PostAsync(McpHttp.Call("""{"message":"hi"}""")), debug: false, said);
        lambda.Invocations.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_told_and_not_tried_again()
    {
        await using var lambda = await LambdaEndpoint.StartAsync((_, response) =>
        {
            response.HttpContext.Abort();
            return Task.CompletedTask;
        });
        await using var gateway = await lambda.GatewayAsync(debug: true);

        ShouldTell(await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}""")), debug: true, "No answer came from Lambda");
        lambda.Invocations.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_function_without_concurrency_is_waited_for()
    {
        var time = new ManualTime();
        var turnedAway = 0;
        await using var lambda = await LambdaEndpoint.StartAsync(
            (_, response) => Interlocked.Increment(ref turnedAway) <= 4 ? ThrottleAsync(response) : response.WriteAsync("\"at last\""), time);
        await using var gateway = await lambda.GatewayAsync(debug: true);

        var call = gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""));
        await AdvanceUntilAsync(time, call);

        (await call).Text.ShouldBe("at last");
        lambda.Invocations.Count.ShouldBe(5);
        lambda.Invocations.Select(invocation => invocation.Custom.GetProperty("bedrockAgentCoreAwsRequestId").GetString()).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_the_wait_is_used_up_a_throttled_call_is_a_tool_error(bool debug)
    {
        var time = new ManualTime();
        await using var lambda = await LambdaEndpoint.StartAsync((_, response) => ThrottleAsync(response), time);
        await using var gateway = await lambda.GatewayAsync(debug);

        var call = gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""));
        await AdvanceUntilAsync(time, call);

        ShouldTell(await call, debug, "had no concurrency left, and none came free in 5 seconds (TooManyRequestsException).");
        // Pauses of 50, 100, 200, 400, 800 ms and then 1 s, each shortened by a half at most, make 5 s.
        lambda.Invocations.Count.ShouldBeInRange(9, 15);
    }

    [Fact]
    public async Task With_no_wait_allowed_a_throttled_call_fails_at_once()
    {
        await using var lambda = await LambdaEndpoint.StartAsync((_, response) => ThrottleAsync(response));
        await using var gateway = await lambda.GatewayAsync(debug: true, configure: options => options with { ThrottleWait = TimeSpan.Zero });

        (await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""))).IsError.ShouldBeTrue();
        lambda.Invocations.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_function_that_does_not_answer_in_time_is_a_tool_error()
    {
        var time = new ManualTime();
        var invoked = new TaskCompletionSource();
        await using var lambda = await LambdaEndpoint.StartAsync(
            async (_, response) =>
            {
                invoked.TrySetResult();
                await Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            },
            time);
        await using var gateway = await lambda.GatewayAsync(debug: true, configure: options => options with { InvocationTimeout = TimeSpan.FromSeconds(30) });

        var call = gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""));
        await invoked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(30));

        ShouldTell(await call, debug: true, $"Lambda function {TestGateway.FunctionArn} did not answer within 30 seconds.");
    }

    [Fact]
    public async Task An_answer_over_6_MB_is_a_tool_error()
    {
        await using var lambda = await LambdaEndpoint.ReturningAsync($"\"{new string('x', 6 * 1024 * 1024)}\"");
        await using var gateway = await lambda.GatewayAsync(debug: true);

        ShouldTell(await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}""")), debug: true, "The answer is larger than the 6 MB");
    }

    [Fact]
    public async Task A_client_context_stays_within_what_lambda_admits_even_with_the_longest_id()
    {
        await using var lambda = await LambdaEndpoint.ReturningAsync("{}");
        await using var gateway = await lambda.GatewayAsync(debug: false);

        await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}""", $"\"{string.Concat(Enumerable.Repeat("\\u0001", 42))}\""));

        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(lambda.Invocations.ShouldHaveSingleItem().ClientContext.GetRawText())).Length.ShouldBeLessThan(3583);
    }

    private static Task ThrottleAsync(HttpResponse response) => LambdaEndpoint.FailAsync(response, 429, "TooManyRequestsException", "Rate Exceeded.");

    private static async Task AdvanceUntilAsync(ManualTime time, Task call)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!call.IsCompleted)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
            var awaited = time.UntilAwaitedAsync(TimeSpan.FromSeconds(2), either.Token);
            if (await Task.WhenAny(awaited, call) == awaited)
            {
                await awaited;
                time.AdvanceToNext();
            }

            await either.CancelAsync();
        }
    }

    private static void ShouldTell(McpAnswer answer, bool debug, string said)
    {
        answer.Status.ShouldBe(System.Net.HttpStatusCode.OK);
        answer.IsError.ShouldBeTrue();
        if (!debug)
        {
            answer.Text.ShouldBe(Masked);
            answer.Result.TryGetProperty("_meta", out _).ShouldBeFalse();
            return;
        }

        answer.Text.ShouldContain(said);
        answer.Result.GetProperty("_meta").GetProperty("debug").GetRawText().ShouldBe(JsonSerializer.Serialize(new { type = "text", text = answer.Text }, Relaxed));
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
