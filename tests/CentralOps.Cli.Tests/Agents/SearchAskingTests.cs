using CentralOps.Cli.Terminal;
using CentralOps.Cli.Tests.Asking;

namespace CentralOps.Cli.Tests.Agents;

/// <summary>A question without a model at a terminal: nothing is run that nobody agreed to.</summary>
public sealed class SearchAskingTests : IDisposable
{
    private const string Tools =
        """{"tools": [{"name": "ec2___describe_ec2_instances", "description": "Describe EC2 instances.", "inputSchema": {"type": "object", "properties": {"account_id": {"type": "string"}}}}]}""";

    private const string Answer = """{"content": [{"type": "text", "text": "{\"account_id\": \"222222222222\", \"instances\": [{\"InstanceId\": \"i-1\"}]}"}]}""";

    private readonly string _state = Directory.CreateTempSubdirectory("centralops-").FullName;

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("Yes\n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("yup\n", false)]
    [InlineData("", false)]
    public async Task It_is_run_when_a_person_says_yes_and_not_otherwise(string typed, bool runs)
    {
        var (code, data, words) = await RunAsync(typed, "ask", "servers in 222222222222");
        code.ShouldBe(ExitCode.Ok, words);
        words.ShouldContain("search match, not an answer by a model");
        words.ShouldContain("Run it? [y/N]");
        data.ShouldStartWith("./centralops call describe_ec2_instances --account 222222222222\n");
        data.Contains("i-1", StringComparison.Ordinal).ShouldBe(runs);
    }

    [Fact]
    public async Task Where_nobody_sits_before_a_terminal_it_is_shown_only()
    {
        var (code, data, words) = await RunAsync(typed: null, "ask", "servers in 222222222222");
        code.ShouldBe(ExitCode.Ok);
        words.ShouldContain("Shown only");
        data.ShouldNotContain("i-1");
    }

    [Fact]
    public async Task Where_accounts_cannot_be_listed_that_is_said()
    {
        var (_, _, words) = await RunAsync(typed: null, "ask", "servers in 222222222222");
        words.ShouldContain("accounts are known by their ids alone");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"now": 5, "questions": []}""")]
    [InlineData("""{"now": "2026-11-22T21:00:00Z", "questions": [{"question": "x"}]}""")]
    [InlineData("[")]
    public async Task A_file_that_holds_no_questions_is_a_usage_error(string text)
    {
        var file = Path.Combine(_state, "questions.json");
        await File.WriteAllTextAsync(file, text);
        var (code, _, words) = await RunAsync(typed: null, "ask", "--check", file);
        code.ShouldBe(ExitCode.Usage, words);
        words.ShouldContain("is not a file of questions");
    }

    [Fact]
    public async Task A_share_under_the_bound_exits_1_and_shows_what_was_wanted()
    {
        var file = Path.Combine(_state, "questions.json");
        await File.WriteAllTextAsync(file, """{"now": "2026-11-22T21:00:00Z", "questions": [{"question": "servers in 222222222222", "tool": "describe_ec2_instances", "arguments": {"account_id": "222222222222"}}, {"question": "servers", "tool": "nothing", "arguments": {}}]}""");
        var (code, data, words) = await RunAsync(typed: null, "ask", "--check", file);
        code.ShouldBe(ExitCode.Refused);
        data.ShouldBe("1 of 2 questions right (50.0 %): tool and arguments exactly. The tool alone: 1 (50.0 %).\n");
        words.ShouldContain("wanted nothing {}");
    }

    public void Dispose() => Directory.Delete(_state, recursive: true);

    private async Task<(int Code, string Data, string Words)> RunAsync(string? typed, params string[] line)
    {
        await using var gateway = await StrangeGateway.With(Tools, Answer);
        var (data, words) = (new StringWriter(), new StringWriter());
        var screen = new Screen(data, words, dataIsTerminal: false, wordsAreTerminal: false, 80, colour: false) { Answers = typed is null ? null : new StringReader(typed) };
        var code = await CommandLine.RunAsync([.. line, "--gateway", gateway.Url, "--state", _state], screen);
        return (code, data.ToString(), words.ToString());
    }
}
