using System.Text.Json;

namespace CentralOps.Cli.Tests.Asking;

/// <summary>Whatever a gateway answers, a person reads one sentence and a script an exit code.</summary>
public sealed class StrangeGatewayTests : IDisposable
{
    private const string NoTools = """{"tools": []}""";
    private const string OneTool = """{"tools": [{"name": "t", "inputSchema": {"type": "object"}}]}""";

    private readonly string _state = Directory.CreateTempSubdirectory("centralops-").FullName;

    [Theory]
    [InlineData(500, "<html>oops</html>", "HTTP 500")]
    [InlineData(404, "nothing", "HTTP 404")]
    [InlineData(403, "", "signature")]
    [InlineData(302, "", "HTTP 302")]
    [InlineData(200, "{{{", "not MCP")]
    [InlineData(200, "", "not MCP")]
    [InlineData(200, "[]", "not MCP")]
    public async Task A_gateway_that_is_none_is_told_in_one_sentence(int status, string body, string word)
    {
        await using var gateway = await StrangeGateway.Always(status, body);
        var (code, data, words) = await RunAsync("tools", "--gateway", gateway.Url);
        code.ShouldBe(ExitCode.Refused);
        data.ShouldBeEmpty();
        words.TrimEnd().Split('\n').Length.ShouldBe(1, words);
        words.ShouldContain(word);
        words.ShouldContain(gateway.Url);
        words.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task Where_nothing_listens_the_sentence_says_how_to_start()
    {
        var (code, _, words) = await RunAsync("tools", "--gateway", "http://127.0.0.1:1/mcp");
        code.ShouldBe(ExitCode.Refused);
        words.ShouldContain("centralops up");
    }

    [Theory]
    [InlineData("""{"tools": 5}""", "{}")]
    [InlineData("""{"tools": [{"name": "t", "inputSchema": {"type": "object", "properties": [1], "required": "x"}}]}""", """{"content": 7}""")]
    [InlineData("""{"tools": [{"name": "t", "inputSchema": {"type": "object", "properties": {"a": 5}, "required": [5]}}]}""", """{"content": []}""")]
    [InlineData(OneTool, """{"content": [{"type": "text", "text": "no json"}]}""")]
    [InlineData(OneTool, """{"content": [{"type": "text", "text": "\"\\ud800\""}]}""")]
    [InlineData(OneTool, """{"content": [{"type": "text", "text": "{\"items\": [{\"Id\": \"\\ud800\"}]}"}]}""")]
    public async Task Lists_and_answers_of_the_wrong_shape_never_break_a_command(string list, string call)
    {
        await using var gateway = await StrangeGateway.With(list, call);
        foreach (var line in new string[][] { ["tools"], ["tools", "t"], ["tools", "--output", "json"], ["call", "t", "--arg", "a=1"], ["call", "t", "--output", "json"] })
        {
            var (code, _, words) = await RunAsync([.. line, "--gateway", gateway.Url]);
            code.ShouldBeOneOf(ExitCode.Ok, ExitCode.Refused);
            words.ShouldNotContain("should not have happened", customMessage: string.Join(' ', line));
            words.ShouldNotContain("   at ");
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"accounts": [1]}""")]
    [InlineData("""{"accounts": [], "next_token": "again"}""")]
    public async Task Accounts_of_a_gateway_that_lists_none_or_never_ends_stop_with_a_sentence(string answer)
    {
        await using var gateway = await StrangeGateway.Answering("list_accounts", answer);
        var (code, _, words) = await RunAsync("accounts", "--gateway", gateway.Url);
        code.ShouldBe(ExitCode.Refused);
        words.ShouldContain("list_accounts answer");
        words.ShouldNotContain("should not have happened");
    }

    [Fact]
    public async Task A_list_of_tools_without_an_end_is_stopped()
    {
        await using var gateway = await StrangeGateway.With("""{"tools": [], "nextCursor": "again"}""", "{}");
        var (code, _, words) = await RunAsync("tools", "--gateway", gateway.Url);
        code.ShouldBe(ExitCode.Refused);
        words.ShouldContain("without an end");
    }

    [Fact]
    public async Task A_tool_that_is_not_there_is_refused_with_what_there_is()
    {
        await using var gateway = await StrangeGateway.With(NoTools, "{}");
        (await RunAsync("call", "t", "--gateway", gateway.Url)).Code.ShouldBe(ExitCode.Refused);
    }

    [Fact]
    public async Task Escape_sequences_and_bidirectional_marks_in_names_and_values_reach_no_terminal()
    {
        const string Hostile = "a\u001b[2Jb\u202ec\u009bd\u2066e";
        await using var gateway = await StrangeGateway.Answering("t", JsonSerializer.Serialize(new Dictionary<string, object> { ["items"] = new[] { new Dictionary<string, string> { [Hostile] = Hostile } } }));
        foreach (var format in new[] { "table", "json" })
        {
            var (code, data, words) = await RunAsync("call", "t", "--gateway", gateway.Url, "--output", format);
            code.ShouldBe(ExitCode.Ok, words);
            (data + words).IndexOfAny(['\u001b', '\u202e', '\u009b', '\u2066']).ShouldBe(-1, format);
            data.ShouldContain("[2Jb");
            if (format == "json")
            {
                JsonDocument.Parse(data).RootElement.GetProperty("items")[0].GetProperty(Hostile).GetString().ShouldBe(Hostile, "escaped, not removed");
            }
        }
    }

    private async Task<(int Code, string Data, string Words)> RunAsync(params string[] arguments)
    {
        var (data, words, screen) = Fake.Screen(width: null);
        var code = await CommandLine.RunAsync([.. arguments, "--state", _state], screen);
        return (code, data.ToString(), words.ToString());
    }

    public void Dispose() => Directory.Delete(_state, recursive: true);
}
