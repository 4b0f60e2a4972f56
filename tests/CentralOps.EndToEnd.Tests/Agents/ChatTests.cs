using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.Agents;

/// <summary><c>chat</c> with lines that are piped in.</summary>
[Collection("up")]
public sealed class ChatTests(SharedUp shared)
{
    [Fact]
    public async Task A_chat_knows_what_was_said_before_is_kept_for_its_owner_alone_and_gone_on_with()
    {
        await using var model = new ScriptedOpenAI((number, _) => number switch
        {
            0 => [ScriptedOpenAI.Calls(("ec2___describe_ec2_instances", """{"account_id": "222222222222", "limit": 1}"""))],
            1 => [ScriptedOpenAI.Says("One instance.")],
            2 => [ScriptedOpenAI.Says("Still one.")],
            _ => [ScriptedOpenAI.Says("As I said.")],
        });

        var first = await ChatAsync("How many instances?\n/trace\nAnd now?\n/accounts\n/tools\n/nothing\n", "--model", model.Model);
        first.ExitCode.ShouldBe(0, first.Error);
        first.Out.ShouldContain("One instance.");
        first.Out.ShouldContain("Still one.");
        first.Out.ShouldContain("1. turn 1  ✓ describe_ec2_instances");
        first.Out.ShouldContain("222222222222");
        first.Out.ShouldContain("list_s3_buckets");
        first.Error.ShouldContain("There is no /nothing.");
        model.Asked[2].ShouldContain("How many instances?");
        model.Asked[2].ShouldContain("One instance.");

        var file = Path.Combine(shared.Up.State, "chats.db");
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var id = first.Error[(first.Error.IndexOf("--resume ", StringComparison.Ordinal) + 9)..].Split('\n')[0].Trim();
        var listed = await shared.Up.CentralOpsAsync("chat", "--list");
        listed.Out.ShouldContain(id);
        listed.Out.ShouldContain("How many instances?");

        // Another process, the same chat and the model that it was begun with.
        var second = await ChatAsync("Remember?\n", "--resume", id);
        second.ExitCode.ShouldBe(0, second.Error);
        second.Out.ShouldContain("As I said.");
        model.Asked[^1].ShouldContain("How many instances?");
        model.Asked[^1].ShouldContain("Still one.");
        model.Asked[^1].ShouldContain("Remember?");
        (await ChatAsync("", "--resume", "ffffffff")).Error.ShouldContain("There is no chat 'ffffffff'");
    }

    [Fact]
    public async Task A_question_that_fails_does_not_end_the_chat()
    {
        await using var model = new ScriptedOpenAI(static (number, _) => number == 0 ? [ScriptedOpenAI.Says("First.")] : [ScriptedOpenAI.Says("Second.")]);
        var ran = await ChatAsync($"One?\n{new string('x', 9000)}\nTwo?\n/exit\nThree?\n", "--model", model.Model);
        ran.Out.ShouldContain("First.");
        ran.Out.ShouldContain("Second.");
        ran.Error.ShouldContain("A question has at most 8000 characters");
        model.Asked.Count.ShouldBe(2);
    }

    private async Task<Ran> ChatAsync(string lines, params string[] more)
    {
        using var process = Ran.Start(Repository.Command, ["chat", "--state", shared.Up.State, .. more]);
        await process.StandardInput.WriteAsync(lines);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        return new Ran(process.ExitCode, await output, await error);
    }
}
