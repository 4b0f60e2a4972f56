using System.Net;
using System.Text;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Mcp;

public sealed class MalformedMessageTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("", -32700)]
    [InlineData("   ", -32700)]
    [InlineData("{", -32700)]
    [InlineData("nonsense", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} trailing""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping",}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":01,"method":"ping"}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"/*comment*/}""", -32700)]
    [InlineData("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", -32700)]
    [InlineData("null", -32600)]
    [InlineData("1", -32600)]
    [InlineData("\"ping\"", -32600)]
    [InlineData("{}", -32600)]
    [InlineData("""{"id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":7}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":null}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/list"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":null}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":"x"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":[]}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/list"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","\u006dethod":"tools/list"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ec2___echo","arguments":{"message":"a","message":"b"}}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ec2___echo","arguments":{"message":"a","deep":[{"x":1,"x":1}]}}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ec2___echo","arguments":{"message":"\ud800"}}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ec2___echo","arguments":{"message":"\udc00\ud800"}}}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ec2___echo","arguments":{"\ud83d!":"x"}}}""", -32600)]
    public async Task What_is_no_message_is_refused_with_400_and_its_own_code(string body, int code)
    {
        var answer = await _gateway.Http.PostAsync(body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.ContentType.ShouldBe("application/json");
        answer.Json.GetProperty("jsonrpc").GetString().ShouldBe("2.0");
        answer.Code.ShouldBe(code);
        answer.Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("null")]
    [InlineData("1.5")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("9223372036854775808")]
    public async Task An_id_that_is_no_string_and_no_64_bit_integer_is_refused_and_answered_with_null(string id)
    {
        var answer = await _gateway.Http.PostAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"ping"}""");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe(-32600);
        answer.Id.ShouldBe("null");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775807")]
    [InlineData("\"\"")]
    [InlineData("\"a-b\"")]
    [InlineData("\"\\u0041\\n\\\"\"")]
    [InlineData("\"🦊 é\"")]
    public async Task An_id_comes_back_as_the_bytes_it_was_sent_as(string id)
    {
        var result = await _gateway.Http.PostAsync($$"""{"method":"ping","jsonrpc":"2.0","id":{{id}} }""");
        var error = await _gateway.Http.PostAsync($$"""{"method":"no/such","jsonrpc":"2.0","id":{{id}} }""");
        var duplicate = await _gateway.Http.PostAsync($$"""{"id":{{id}},"jsonrpc":"2.0","method":"ping","params":{"a":1,"a":1} }""");

        result.Body.ShouldBe("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}");
        error.Id.ShouldBe(id);
        duplicate.Id.ShouldBe(id);
    }

    [Fact]
    public async Task An_id_longer_than_256_bytes_is_refused()
    {
        var longest = new string('x', 254);

        (await _gateway.Http.PostAsync($$"""{"jsonrpc":"2.0","id":"{{longest}}","method":"ping"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Http.PostAsync($$"""{"jsonrpc":"2.0","id":"{{longest}}x","method":"ping"}""")).Code.ShouldBe(-32600);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_a_parse_error()
    {
        var body = Encoding.UTF8.GetBytes(McpHttp.Call("""{"message":"?"}"""));
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;

        var answer = await _gateway.Http.PostAsync(body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Code.ShouldBe(-32700);
    }

    [Fact]
    public async Task Nesting_of_64_passes_and_of_65_is_refused()
    {
        // The message, params and arguments are the first three levels.
        static string Nested(int levels) => McpHttp.Call("{\"message\":\"m\",\"x\":" + new string('[', levels - 3) + new string(']', levels - 3) + "}");

        (await _gateway.Http.PostAsync(Nested(64))).IsError.ShouldBeFalse();
        var refused = await _gateway.Http.PostAsync(Nested(65));
        refused.Code.ShouldBe(-32600);
        refused.Message.ShouldContain("64");
        (await _gateway.Http.PostAsync(Nested(100_000))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_object_of_1024_members_passes_and_of_1025_is_refused()
    {
        static string Members(int count) => McpHttp.Call("{\"message\":\"m\"," + string.Join(',', Enumerable.Range(0, count - 1).Select(i => $"\"m{i}\":1")) + "}");

        (await _gateway.Http.PostAsync(Members(1024))).IsError.ShouldBeFalse();
        (await _gateway.Http.PostAsync(Members(1025))).Code.ShouldBe(-32600);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"i\u0064":2,"method":"ping","id":3}""")]
    public async Task Of_two_ids_none_is_answered(string body) => (await _gateway.Http.PostAsync(body)).Id.ShouldBe("null");

    [Theory]
    [InlineData("tools/unknown")]
    [InlineData("prompts/list")]
    [InlineData("resources/list")]
    [InlineData("server/discover")]
    [InlineData("")]
    public async Task An_unknown_method_is_method_not_found(string method)
    {
        var answer = await _gateway.Http.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}"}""");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Code.ShouldBe(-32601);
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":7}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":"ec2___nothing"}""", "Unknown tool: ec2___nothing")]
    [InlineData("""{"name":"echo"}""", "Unknown tool: echo")]
    [InlineData("""{"name":"EC2___echo"}""", "Unknown tool: EC2___echo")]
    [InlineData("""{"name":""}""", "Unknown tool")]
    [InlineData("""{"name":"ec2___echo","arguments":[]}""", "arguments")]
    [InlineData("""{"name":"ec2___echo","arguments":null}""", "arguments")]
    [InlineData("""{"name":"ec2___echo","arguments":"{}"}""", "arguments")]
    public async Task A_call_with_wrong_parameters_is_invalid_params_and_says_which(string parameters, string said)
    {
        var answer = await _gateway.Http.PostAsync($$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{parameters}} }""");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Code.ShouldBe(-32602);
        answer.Message.ShouldContain(said);
    }

    [Fact]
    public async Task A_tool_name_in_an_error_is_bounded_and_without_hidden_characters()
    {
        var answer = await _gateway.Http.PostAsync(
            $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a\u202eb\u0007c{{{new string('x', 5000)}}}"}}""");

        answer.Code.ShouldBe(-32602);
        answer.Message.ShouldStartWith("Unknown tool: abcxxx");
        answer.Message.Length.ShouldBeLessThan(300);
    }

    [Fact]
    public async Task A_tool_name_written_with_escapes_is_the_same_name()
    {
        var answer = await _gateway.Http.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools\/call","params":{"name":"ec2\u005f__ech\u006f","arguments":{"message":"hi"}}}""");

        answer.Text.ShouldBe("""{"message":"hi"}""");
    }

    [Theory]
    [InlineData("notifications/initialized")]
    [InlineData("notifications/cancelled")]
    [InlineData("notifications/never-heard-of")]
    public async Task A_notification_is_accepted_and_answered_with_nothing(string method)
    {
        var answer = await _gateway.Http.PostAsync($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{} }""");

        answer.Status.ShouldBe(HttpStatusCode.Accepted);
        answer.Body.ShouldBeEmpty();
    }
}
