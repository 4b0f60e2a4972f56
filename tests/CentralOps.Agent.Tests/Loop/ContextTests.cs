using System.Text.Json;
using CentralOps.Agent.Context;
using CentralOps.Agent.Fencing;
using CentralOps.Agent.Tests.Fixtures;
using CentralOps.Agent.Toolbox;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Loop;

/// <summary>A model's context is kept small, and nothing that it needs to go on is lost.</summary>
public sealed class ContextTests
{
    [Fact]
    public async Task An_answer_that_is_too_large_is_cut_to_whole_items_with_advice()
    {
        var model = new ScriptedModel(ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, "{}")), new("Many."));
        var answer = await Asked.AskAsync(model, new OwnTools { Answer = static (_, _) => new ToolAnswer(Asked.One("222222222222", 5000).Replace("\"next_token\": null", "\"next_token\": \"go-on\"", StringComparison.Ordinal), IsError: false) });
        var shown = model.Shown[1].Messages;
        shown.Length.ShouldBeLessThan(ContextLimits.OneAnswer + 2000);
        var content = JsonElement.Parse(shown[shown.IndexOf('{', shown.IndexOf("<tool_answer", StringComparison.Ordinal))..shown.LastIndexOf('\n')]);
        content.GetProperty("cut").GetProperty("of").GetInt32().ShouldBe(5000);
        content.GetProperty("cut").GetProperty("shown").GetInt32().ShouldBe(content.GetProperty("instances").GetArrayLength());
        content.GetProperty("cut").GetProperty("advice").GetString()!.ShouldContain("fields");
        content.GetProperty("next_token").GetString().ShouldBe("go-on");
        answer.Trace.Calls[0].WasCut.ShouldBeTrue();
        answer.Coverage.Accounts.ShouldHaveSingleItem("places are read from the whole answer");
    }

    [Theory]
    [InlineData("no json at all ")]
    [InlineData("\"a long string \"")]
    public void What_has_no_list_is_cut_at_its_beginning(string piece)
    {
        var (cut, wasCut) = AnswerShape.Cut(Fence.Content(string.Concat(Enumerable.Repeat(piece, 10_000))), 1000);
        wasCut.ShouldBeTrue();
        cut.Length.ShouldBeLessThan(2000);
        JsonElement.Parse(cut).GetProperty("advice").GetString()!.ShouldContain("fields");
    }

    [Fact]
    public async Task Old_answers_become_summaries_that_keep_the_way_on()
    {
        const int Turns = 9;
        var conversation = new Conversation();
        var model = new ScriptedModel([.. Enumerable.Range(0, Turns).Select(static _ => ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, """{"account_id": "222222222222"}"""))), new("Done.")]);
        var tools = new OwnTools
        {
            Answer = static (_, _) => new ToolAnswer(Asked.One("222222222222", 300)
                .Replace("\"next_token\": null", "\"next_token\": \"go-on\"", StringComparison.Ordinal)
                .Replace("\"failures\": []", "\"failures\": [{\"account_id\": \"1\", \"stage\": \"call\", \"code\": \"Throttling\", \"message\": \"long\"}]", StringComparison.Ordinal), IsError: false),
        };
        await Asked.AskAsync(model, tools, conversation: conversation);
        var largest = model.Shown.Max(static shown => shown.Messages.Length);
        largest.ShouldBeLessThan(ContextLimits.AllAnswers + (ContextLimits.TurnsKept * ContextLimits.OneAnswer));
        var last = model.Shown[^1].Messages;
        last.ShouldContain("summary_of_an_earlier_answer");
        last.ShouldContain("\"instances_shown_before\":300");
        last.ShouldContain("Throttling");
        last.Split("\"next_token\":\"go-on\"").Length.ShouldBe(Turns + 1, "each keeps its token");
        last.Split("<tool_answer fence").Length.ShouldBe(Turns + 1, "a summary is fenced as well");
        last[last.LastIndexOf("<tool_answer", StringComparison.Ordinal)..].ShouldContain("i-00000000000000001", customMessage: "the latest is whole");
    }

    [Fact]
    public async Task A_chat_without_an_end_keeps_within_its_bound_and_begins_with_a_question()
    {
        var conversation = new Conversation();
        const int Questions = 30;
        var model = new ScriptedModel([.. Enumerable.Range(0, Questions).SelectMany(static _ => new ScriptedModel.Turn[] { ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, "{}")), new(new string('a', 30_000)) })]);
        for (var number = 0; number < Questions; number++)
        {
            await Asked.AskAsync(model, new OwnTools(), conversation: conversation, question: $"Question {number}?");
        }

        model.Shown.Max(static shown => shown.Messages.Length).ShouldBeLessThan(ContextLimits.Conversation + 100_000);
        conversation.Messages[0].Role.ShouldBe(ChatRole.User);
        model.Shown[^1].Messages.ShouldContain("Question 29?");
        model.Shown[^1].Messages.ShouldNotContain("Question 0?");
    }
}
