using CentralOps.Agent.Budgets;
using CentralOps.Agent.Tests.Fixtures;
using CentralOps.Gateway.Tests.Fixtures;
using CentralOps.Agent.Toolbox;
using CentralOps.Agent.Tracing;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Loop;

/// <summary>Each budget ends in an answer that says which one it was.</summary>
public sealed class BudgetTests
{
    private static readonly OwnTools Tools = new() { Answer = static (_, _) => new ToolAnswer(Asked.One("222222222222", 1), IsError: false) };

    private static ScriptedModel.Turn Asks(int calls = 1) => ScriptedModel.Calls([.. Enumerable.Range(0, calls).Select(static _ => ScriptedModel.Call(Asked.Instances, """{"account_id": "222222222222"}"""))]);

    [Fact]
    public async Task Turns_that_are_used_up_leave_one_without_tools_for_the_answer()
    {
        var model = new ScriptedModel(Asks(), Asks(), new("What I have: one."));
        var answer = await Asked.AskAsync(model, Tools, new Budget { Turns = 2 });
        answer.End.ShouldBe(new AnswerEnd.BudgetSpent(BudgetKind.Turns, "2 turns"));
        answer.End.Sentence.ShouldBe("This answer is partial: the budget of 2 turns for one question was used up.");
        answer.Text.ShouldBe("What I have: one.");
        model.Shown[2].Mode.ShouldBe(ChatToolMode.None);
        model.Shown[2].Messages.ShouldContain("the budget of 2 turns for this question is used up");
        answer.Coverage.Accounts.ShouldHaveSingleItem().Id.ShouldBe("222222222222");
    }

    [Fact]
    public async Task An_answer_in_the_last_turn_is_whole()
    {
        var answer = await Asked.AskAsync(new ScriptedModel(Asks(), new("One.")), Tools, new Budget { Turns = 2 });
        answer.IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task A_model_that_asks_on_when_it_may_not_is_stopped_with_what_it_said()
    {
        var answer = await Asked.AskAsync(new ScriptedModel(Asks(), new("Let me look once more.", Calls: [ScriptedModel.Call(Asked.Instances, "{}")])), Tools, new Budget { Turns = 1 });
        answer.End.ShouldBeOfType<AnswerEnd.BudgetSpent>().Kind.ShouldBe(BudgetKind.Turns);
        answer.Text.ShouldBe("Let me look once more.");
        answer.Trace.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Calls_beyond_the_budget_are_not_made_and_the_model_is_told()
    {
        var model = new ScriptedModel(Asks(5), new("Three of five."));
        var answer = await Asked.AskAsync(model, Tools, new Budget { Calls = 3 });
        answer.Trace.Calls.Select(static call => call.Outcome).ShouldBe([CallOutcome.Answered, CallOutcome.Answered, CallOutcome.Answered, CallOutcome.NotMade, CallOutcome.NotMade]);
        answer.End.ShouldBe(new AnswerEnd.BudgetSpent(BudgetKind.Calls, "3 tool calls"));
        answer.Text.ShouldBe("Three of five.");
        model.Shown[1].Messages.ShouldContain("Not called: the budget of 3 tool calls");
    }

    [Fact]
    public async Task Tokens_that_are_used_up_end_it_and_no_turn_may_write_more_than_is_left()
    {
        var model = new ScriptedModel(Asks() with { Tokens = 800 }, Asks() with { Tokens = 800 });
        var answer = await Asked.AskAsync(model, Tools, new Budget { Tokens = 1500 });
        answer.End.ShouldBe(new AnswerEnd.BudgetSpent(BudgetKind.Tokens, "1,500 tokens"));
        model.Shown[0].MaxOutput.ShouldBe(1500);
        model.Shown[1].MaxOutput.ShouldBe(690);
        answer.Trace.InputTokens.ShouldBe(1600);
        answer.Coverage.Accounts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Time_that_is_used_up_while_the_model_writes_keeps_what_it_wrote()
    {
        var time = new ManualTime();
        var model = new ScriptedModel(new ScriptedModel.Turn("The first half", Hang: true));
        var asking = Asked.AskAsync(model, Tools, new Budget { Time = TimeSpan.FromSeconds(30) }, time: time);
        await model.Hanging.Task.WaitAsync(TimeSpan.FromSeconds(60));
        time.Advance(TimeSpan.FromSeconds(31));
        var answer = await asking.WaitAsync(TimeSpan.FromSeconds(60));
        answer.Text.ShouldBe("The first half");
        answer.End.ShouldBe(new AnswerEnd.BudgetSpent(BudgetKind.Time, "30 seconds"));
    }

    [Fact]
    public async Task Time_that_is_used_up_while_tools_work_ends_in_an_answer_that_says_so()
    {
        var time = new ManualTime();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var tools = new WaitingTools(new OwnTools(), async (_, _, cancellationToken) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new ToolAnswer("", IsError: false);
        });
        var conversation = new Conversation();
        var asking = Asked.AskAsync(new ScriptedModel(Asks()), tools, new Budget { Time = TimeSpan.FromSeconds(30) }, conversation, time: time);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60));
        time.Advance(TimeSpan.FromSeconds(31));
        var answer = await asking.WaitAsync(TimeSpan.FromSeconds(60));
        answer.End.ShouldBeOfType<AnswerEnd.BudgetSpent>().Kind.ShouldBe(BudgetKind.Time);
        answer.Trace.Calls.ShouldHaveSingleItem().Outcome.ShouldBe(CallOutcome.NotMade);
        conversation.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_gives_up_finds_the_conversation_as_it_was()
    {
        using var cancelled = new CancellationTokenSource();
        var conversation = new Conversation();
        var model = new ScriptedModel(new("First."), new ScriptedModel.Turn("Half", Hang: true), new("Third."));
        await Asked.AskAsync(model, Tools, conversation: conversation, question: "One?");
        var asking = Asked.AskAsync(model, Tools, conversation: conversation, question: "Two?", cancellationToken: cancelled.Token);
        await Task.WhenAny(model.Hanging.Task, asking).WaitAsync(TimeSpan.FromSeconds(60));
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(60)));
        conversation.Messages.Count.ShouldBe(2);
        (await Asked.AskAsync(model, Tools, conversation: conversation, question: "Three?")).Text.ShouldBe("Third.");
    }

    [Fact]
    public async Task Whoever_gives_up_while_tools_work_gives_them_up_too()
    {
        using var cancelled = new CancellationTokenSource();
        var (begun, ended) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var tools = new WaitingTools(new OwnTools(), async (_, _, cancellationToken) =>
        {
            begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                ended.TrySetResult();
            }

            return new ToolAnswer("", IsError: false);
        });
        var conversation = new Conversation();
        var asking = Asked.AskAsync(new ScriptedModel(Asks()), tools, conversation: conversation, cancellationToken: cancelled.Token);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking.WaitAsync(TimeSpan.FromSeconds(60)));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(60));
        conversation.Messages.ShouldBeEmpty();
    }

    [Fact]
    public void A_budget_out_of_range_is_refused_where_it_is_set()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Budget { Turns = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new Budget { Calls = 1001 });
        Should.Throw<ArgumentOutOfRangeException>(() => new Budget { Tokens = 999 });
        Should.Throw<ArgumentOutOfRangeException>(() => new Budget { Time = TimeSpan.FromHours(2) });
    }
}
