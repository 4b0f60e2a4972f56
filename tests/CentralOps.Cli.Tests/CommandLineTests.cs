using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Tests;

/// <summary>Command lines as people mistype them.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("up --auth 7", "--auth: '7' is not one of none, iam.")]
    [InlineData("up --auth iam,none", "--auth: 'iam,none'")]
    [InlineData("status --output 1", "--output: '1' is not one of table, json.")]
    [InlineData("up --port 80x", "--port: '80x' is not a port")]
    [InlineData("up --port 65536", "--port: '65536' is not a port")]
    [InlineData("up --port -1", "--port")]
    [InlineData("status --state ", "--state: the directory's name is empty")]
    [InlineData("", "there are up, serve, status")]
    [InlineData("statu", "There is no command 'statu'")]
    public async Task A_wrong_command_line_exits_2_and_says_what_would_be_right(string line, string words)
    {
        var (code, data, said) = await RunAsync(line.Length == 0 ? [] : line.Split(' '));
        code.ShouldBe(ExitCode.Usage, said);
        data.ShouldBeEmpty();
        said.ShouldContain(words);
        said.ShouldNotContain("System.");
        said.ShouldNotContain("CentralOps.");
    }

    [Fact]
    public async Task A_value_that_begins_with_at_is_a_value_and_names_no_file()
    {
        var (code, _, said) = await RunAsync("call", "t", "--account", "@nothing", "--state", "/nonexistent");
        code.ShouldBe(ExitCode.Refused);
        said.ShouldContain("No gateway runs here");
    }

    [Fact]
    public async Task Choices_are_read_in_any_case()
    {
        var (code, _, said) = await RunAsync("status", "--output", "JSON", "--state", "/nonexistent");
        code.ShouldBe(ExitCode.Refused);
        said.ShouldContain("Nothing runs here");
    }

    [Theory]
    [InlineData("up", "[default: none]", "[default: subject]", "[default: 8765]", "--auth iam")]
    [InlineData("status", "[default: table]", "Examples:", "status --output json", "--state <DIR>")]
    [InlineData("accounts", "[default: table]", "Examples:", "--no-check", "--gateway <URL>")]
    [InlineData("tools", "[default: table]", "Examples:", "tools describe_ec2_instances", "--gateway <URL>")]
    [InlineData("call", "[default: table]", "Examples:", "--arg <name=value>", "--json <{…}>")]
    public async Task Help_tells_defaults_as_they_are_typed_and_ends_with_examples(string command, params string[] texts)
    {
        var (code, data, _) = await RunAsync(command, "--help");
        code.ShouldBe(ExitCode.Ok);
        foreach (var text in texts)
        {
            data.ShouldContain(text);
        }

        data.ShouldNotContain("CompatibilitySwitches");
    }

    [Fact]
    public async Task A_data_stream_that_takes_nothing_is_a_sentence_and_exit_1()
    {
        var words = new StringWriter();
        var screen = new Screen(new FullWriter(), words, dataIsTerminal: false, wordsAreTerminal: false, 80, colour: false);
        (await CommandLine.RunAsync(["--help"], screen)).ShouldBe(ExitCode.Refused);
        words.ToString().ShouldContain("No space left");
        words.ToString().ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Words_that_nobody_takes_do_not_change_the_exit_code()
    {
        var screen = new Screen(new StringWriter(), new FullWriter(), dataIsTerminal: false, wordsAreTerminal: false, 80, colour: false);
        (await CommandLine.RunAsync(["statu"], screen)).ShouldBe(ExitCode.Usage);
    }

    private static async Task<(int Code, string Data, string Words)> RunAsync(params string[] arguments)
    {
        var (data, words, screen) = Fake.Screen(width: null);
        var code = await CommandLine.RunAsync(arguments, screen);
        return (code, data.ToString(), words.ToString());
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(char[] buffer, int index, int count) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }
}
