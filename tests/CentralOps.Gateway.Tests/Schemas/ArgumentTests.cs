using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Schemas;

public sealed class ArgumentTests : IAsyncLifetime
{
    private const string Schema = """
        {"type":"object","properties":{
          "account_id":{"type":"string","description":"Account id or name, such as 222222222222 or Production."},
          "limit":{"type":"integer"},"ratio":{"type":"number"},"all":{"type":"boolean"},
          "instance_ids":{"type":"array","items":{"type":"string"}},
          "any":{"type":"array"},
          "filter":{"type":"object","properties":{"name":{"type":"string"},"values":{"type":"array","items":{"type":"integer"}}},"required":["name"]}},
         "required":["account_id"]}
        """;

    private readonly TestTarget _target = new();
    private TestGateway _gateway = null!;

    public async Task InitializeAsync() =>
        _gateway = await TestGateway.StartAsync(TestGateway.Options(TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo", Schema))), _target));

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData("""{"account_id":"1"}""")]
    [InlineData("""{"account_id":""}""")]
    [InlineData("""{"account_id":"1","limit":1.0}""")]
    [InlineData("""{"account_id":"1","limit":1e2}""")]
    [InlineData("""{"account_id":"1","limit":-123456789012345678901234567890}""")]
    [InlineData("""{"account_id":"1","ratio":1,"all":false}""")]
    [InlineData("""{"account_id":"1","ratio":1.5e-300}""")]
    [InlineData("""{"account_id":"1","instance_ids":[],"any":[1,"x",null,{}]}""")]
    [InlineData("""{"account_id":"1","filter":{"name":"n","values":[1,2]}}""")]
    [InlineData("""{"account_id":"1","unknown":null,"more":{"x":[]}}""")]
    [InlineData("""{"\u0061ccount_id":"1"}""")]
    public async Task Arguments_that_fit_reach_the_target(string arguments)
    {
        (await _gateway.Http.PostAsync(McpHttp.Call(arguments))).IsError.ShouldBeFalse();
        _target.Called.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("{}", "account_id: is required and missing; add it as a string (Account id or name, such as 222222222222 or Production).")]
    [InlineData("""{"account_id":7}""", "account_id: is a number and must be a string; put it in quotes")]
    [InlineData("""{"account_id":null}""", "account_id: is null and must be a string; send a string, or leave the member out")]
    [InlineData("""{"account_id":"1","limit":null}""", "limit: is null and must be an integer;")]
    [InlineData("""{"account_id":"1","limit":"10"}""", "limit: is a string and must be an integer; send an integer, without quotes.")]
    [InlineData("""{"account_id":"1","limit":1.5}""", "limit: has a fraction and must be an integer; send a whole number.")]
    [InlineData("""{"account_id":"1","ratio":"1"}""", "ratio: is a string and must be a number;")]
    [InlineData("""{"account_id":"1","all":"yes"}""", "all: is a string and must be true or false;")]
    [InlineData("""{"account_id":"1","all":0}""", "all: is a number and must be true or false;")]
    [InlineData("""{"account_id":"1","instance_ids":"i-1"}""", "instance_ids: is a string and must be an array; send an array, with this as its one element.")]
    [InlineData("""{"account_id":"1","instance_ids":["i-1",2]}""", "instance_ids[1]: is a number and must be a string;")]
    [InlineData("""{"account_id":"1","filter":[]}""", "filter: is an array and must be an object;")]
    [InlineData("""{"account_id":"1","filter":{}}""", "filter.name: is required and missing;")]
    [InlineData("""{"account_id":"1","filter":{"name":"n","values":[1,true]}}""", "filter.values[1]: is a boolean and must be an integer;")]
    public async Task Arguments_that_do_not_fit_are_a_tool_error_with_path_problem_and_repair_and_invoke_nothing(string arguments, string said)
    {
        var answer = await _gateway.Http.PostAsync(McpHttp.Call(arguments));

        answer.IsError.ShouldBeTrue();
        answer.Text.ShouldContain(said);
        _target.Called.ShouldBeEmpty();
    }

    [Fact]
    public async Task Arguments_that_are_left_out_count_as_none()
    {
        var answer = await _gateway.Http.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ec2___echo"}}""");

        answer.Text.ShouldStartWith("account_id: is required and missing");
    }

    [Fact]
    public async Task All_problems_are_told_at_once_a_line_each()
    {
        var answer = await _gateway.Http.PostAsync(McpHttp.Call("""{"limit":"x","filter":{"values":[1.5]}}"""));

        answer.Text.Split('\n').Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).ShouldBe(["limit", "filter.values[0]", "filter.name", "account_id"]);
    }

    [Fact]
    public async Task After_twenty_problems_the_rest_are_counted()
    {
        var answer = await _gateway.Http.PostAsync(McpHttp.Call($$"""{"account_id":"1","instance_ids":[{{string.Join(',', Enumerable.Repeat("0", 1000))}}]}"""));

        answer.Text.Split('\n').Length.ShouldBe(21);
        answer.Text.ShouldEndWith("and 980 more problems.");
    }

    [Fact]
    public async Task The_problem_is_told_whether_or_not_debug_is_on()
    {
        await using var masked = await TestGateway.StartAsync(configure: config => config with { Debug = false });
        await using var debug = await TestGateway.StartAsync(configure: config => config with { Debug = true });

        (await masked.Http.PostAsync(McpHttp.Call("{}"))).Body.ShouldBe((await debug.Http.PostAsync(McpHttp.Call("{}"))).Body);
    }

    [Fact]
    public async Task The_target_gets_the_very_bytes_that_were_sent()
    {
        var seen = "";
        var target = new TestTarget((invocation, _) =>
        {
            seen = System.Text.Encoding.UTF8.GetString(invocation.Arguments.Span);
            return new(CentralOps.Gateway.Targets.TargetAnswer.Of("null"u8.ToArray()));
        });
        await using var gateway = await TestGateway.StartAsync(target);
        const string Arguments = """{ "message" : "\u00e9é" , "count":1.0, "big":12345678901234567890.10 }""";

        await gateway.Http.PostAsync(McpHttp.Call(Arguments));

        seen.ShouldBe(Arguments);
    }
}
