using System.Text.Json;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Agents;

/// <summary><c>ask</c> without a model, through the real gateway.</summary>
[Collection("up")]
public sealed class SearchMatchTests(SharedUp shared)
{
    [Fact]
    public async Task A_question_is_shown_as_the_command_it_comes_to_and_called_no_answer_by_a_model()
    {
        var ran = await shared.Up.CentralOpsAsync("ask", "Which servers are stopped in Production?");
        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Error.ShouldContain("search match, not an answer by a model");
        ran.Error.ShouldContain("Shown only. With --yes it is run.");
        var line = ran.Out.TrimEnd();
        line.ShouldBe("""./centralops call describe_ec2_instances --account Production --json '{"filters":[{"Name":"instance-state-name","Values":["stopped"]}]}'""");

        // What is shown is what would be run.
        var pasted = await Ran.ProgramAsync("/bin/sh", ["-c", $"{line} --output json --state '{shared.Up.State}'"]);
        pasted.ExitCode.ShouldBe(0, pasted.Error);
        var run = await shared.Up.CentralOpsAsync("ask", "Which servers are stopped in Production?", "--yes", "--output", "json");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Json.GetProperty("ran").GetBoolean().ShouldBeTrue();
        run.Json.GetProperty("answered_by").GetString().ShouldBe("search_match");
        JsonElement.DeepEquals(run.Json.GetProperty("answer").GetProperty("instances"), pasted.Json.GetProperty("instances")).ShouldBeTrue();
        run.Json.GetProperty("answer").GetProperty("instances").EnumerateArray().ShouldAllBe(static instance => instance.GetProperty("State").GetString() == "stopped");
    }

    [Fact]
    public async Task A_question_that_lacks_something_is_not_run_even_with_yes()
    {
        var ran = await shared.Up.CentralOpsAsync("ask", "CloudWatch metrics data points in Production", "--yes");
        ran.ExitCode.ShouldBe(1);
        ran.Error.ShouldContain("the question does not say: queries");
    }

    [Fact]
    public async Task What_a_question_holds_cannot_act_on_a_terminal_or_a_shell()
    {
        var ran = await shared.Up.CentralOpsAsync("ask", "where is '$(touch /tmp/x)\u001b[2J\u202e; rm -rf `y` it'");
        ran.Out.IndexOfAny(['\u001b', '\u202e']).ShouldBe(-1);
        ran.Out.ShouldContain("find_resource --json '{");
        var parsed = await Ran.ProgramAsync("/bin/sh", ["-c", "printf '%s\n' " + ran.Out.TrimEnd()]);
        JsonDocument.Parse(parsed.Out.TrimEnd().Split('\n')[^1]).RootElement.GetProperty("what").GetString()!.ShouldContain("$(touch /tmp/x)");
    }

    [Theory]
    [InlineData("questions.json", 95)]
    [InlineData("held-out.json", 85)]
    public async Task The_share_of_questions_that_are_right_is_printed(string file, double least)
    {
        var ran = await shared.Up.CentralOpsAsync("ask", "--check", $"bench/questions/{file}");
        ran.ExitCode.ShouldBe(0, ran.Error);
        var share = ran.Out[(ran.Out.IndexOf('(', StringComparison.Ordinal) + 1)..ran.Out.IndexOf(" %", StringComparison.Ordinal)];
        double.Parse(share, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(least, ran.Error);
    }

    [Fact]
    public async Task Every_command_of_the_agents_page_runs()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "agent.md"));
        var lines = page.Split("```sh\n").Skip(1).SelectMany(static block => block[..block.IndexOf("```", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        lines.Count.ShouldBeGreaterThan(5);
        foreach (var line in lines)
        {
            var ran = await Ran.ProgramAsync("/bin/sh", ["-c", $"{line} --state '{shared.Up.State}'"]);
            ran.ExitCode.ShouldBe(0, $"{line}: {ran.Error}");
            ran.Out.ShouldNotBeEmpty(line);
        }
    }

    [Theory]
    [InlineData(2, "quotation marks", "ask")]
    [InlineData(2, "--via gateway", "ask", "Where?", "--via", "hybrid")]
    [InlineData(2, "no provider of models", "ask", "Where?", "--model", "nobody:x")]
    [InlineData(2, "out of its range", "ask", "Where?", "--max-turns", "0")]
    [InlineData(2, "not a file of questions", "ask", "--check", "README.md")]
    [InlineData(2, "cannot be read", "ask", "--check", "/nowhere/at/all.json")]
    [InlineData(2, "A chat needs a model", "chat")]
    [InlineData(1, "no chat to go on with", "chat", "--resume", "--state", "/tmp/centralops-none")]
    [InlineData(1, "OPENAI_API_KEY", "ask", "Where?", "--model", "openai:gpt")]
    public async Task A_wrong_command_line_says_what_would_be_right(int code, string words, params string[] line)
    {
        var ran = line.Contains("--state") ? await Ran.CentralOpsAsync(line) : await shared.Up.CentralOpsAsync(line);
        ran.ExitCode.ShouldBe(code, ran.Error);
        ran.Error.ShouldContain(words);
        ran.Out.ShouldBeEmpty();
    }
}
