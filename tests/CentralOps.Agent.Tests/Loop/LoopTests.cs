using System.Text.Json;
using CentralOps.Agent.Tests.Fixtures;
using CentralOps.Agent.Toolbox;
using CentralOps.Agent.Tracing;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Loop;

/// <summary>A model that asks tools: one account, the fleet, what fails, what is asked at once.</summary>
public sealed class LoopTests
{
    [Fact]
    public async Task One_account_is_asked_and_the_answer_names_it()
    {
        var model = new ScriptedModel(
            ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, """{"account_id": "222222222222"}""")),
            new("Two servers run in 222222222222."));
        var happened = new Happenings();
        var answer = await Asked.AskAsync(model, Tools(static _ => Asked.One("222222222222", 2)), progress: happened);

        answer.Text.ShouldBe("Two servers run in 222222222222.");
        answer.IsWhole.ShouldBeTrue();
        answer.Coverage.Accounts.ShouldBe([("222222222222", "")]);
        answer.Coverage.Regions.ShouldBe(["us-east-1"]);
        answer.Trace.Turns.ShouldBe(2);
        (answer.Trace.InputTokens, answer.Trace.OutputTokens).ShouldBe((200, 20));
        var call = answer.Trace.Calls.ShouldHaveSingleItem();
        (call.Tool, call.Outcome, call.Turn, call.Number).ShouldBe((Asked.Instances, CallOutcome.Answered, 1, 1));
        model.Shown[1].Messages.ShouldContain("i-00000000000000001");
        happened.All.Select(static one => one.GetType().Name).Distinct().ShouldBe(["CallBegun", "CallEnded", "Words"], ignoreOrder: true);
        string.Concat(happened.All.OfType<AgentEvent.Words>().Select(static words => words.Text)).ShouldBe(answer.Text);
    }

    [Fact]
    public async Task The_fleet_is_told_with_the_accounts_that_failed_whatever_the_model_says()
    {
        var model = new ScriptedModel(
            ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, """{"accounts": "all", "region": "eu-west-1,us-east-1"}""")),
            new("All accounts are fine: three servers."));
        var answer = await Asked.AskAsync(model, Tools(static _ => Asked.Fleet));

        answer.Coverage.AccountsAsked.ShouldBe(12);
        answer.Coverage.Accounts.ShouldBe([("222222222222", "Production"), ("333333333333", "Staging")]);
        answer.Coverage.Failures.ShouldHaveSingleItem().ShouldBe(new FailedPlace("131313131313", "", "", "assume_role", "AccessDenied"));
        answer.Coverage.Lines().ShouldBe(
        [
            "12 accounts asked; with something in them: Production (222222222222), Staging (333333333333). Regions: eu-west-1, us-east-1.",
            "Not read (assume_role, AccessDenied): 131313131313.",
        ]);
    }

    [Fact]
    public async Task A_failing_account_is_told_and_costs_the_others_nothing()
    {
        var model = new ScriptedModel(
            ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, """{"account_id": "131313131313"}"""), ScriptedModel.Call(Asked.Instances, """{"account_id": "222222222222"}""")),
            new("Two in Production; 131313131313 could not be read."));
        var answer = await Asked.AskAsync(model, Tools(static arguments => arguments.GetProperty("account_id").GetString() == "131313131313"
            ? """{"error": {"stage": "assume_role", "code": "AccessDenied", "message": "No.", "remedy": "Deploy the role."}, "account_id": "131313131313", "region": "us-east-1"}"""
            : Asked.One("222222222222", 2)));

        answer.Coverage.Accounts.ShouldBe([("222222222222", "")]);
        answer.Coverage.Failures.ShouldHaveSingleItem().AccountId.ShouldBe("131313131313");
        answer.Trace.Calls.Select(static call => call.Outcome).ShouldBe([CallOutcome.Refused, CallOutcome.Answered]);
        answer.Trace.Calls[0].Note.ShouldBe("assume_role (AccessDenied)");
        answer.IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task A_tools_error_reaches_the_model_which_corrects_its_call()
    {
        var model = new ScriptedModel(
            ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, """{"account_id": "Prodution"}""")),
            ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, """{"account_id": "Production"}""")),
            new("One."));
        var answer = await Asked.AskAsync(model, new OwnTools
        {
            Answer = static (_, arguments) => arguments.GetProperty("account_id").GetString() == "Production" ? new ToolAnswer(Asked.One("222222222222", 1), IsError: false) : new ToolAnswer("account_id: no account 'Prodution'; did you mean Production?", IsError: true),
        });

        model.Shown[1].Messages.ShouldContain("did you mean Production?");
        answer.Text.ShouldBe("One.");
        answer.Trace.Calls.Select(static call => call.Outcome).ShouldBe([CallOutcome.Failed, CallOutcome.Answered]);
        answer.Coverage.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_place_that_failed_and_was_read_again_has_not_failed()
    {
        var calls = 0;
        var model = new ScriptedModel(
            ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, """{"account_id": "222222222222"}""")),
            ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, """{"account_id": "222222222222"}""")),
            new("One."));
        var answer = await Asked.AskAsync(model, Tools(_ => calls++ == 0
            ? """{"error": {"stage": "call", "code": "Throttling", "message": "", "remedy": ""}, "account_id": "222222222222", "region": "us-east-1"}"""
            : Asked.One("222222222222", 1)));
        answer.Coverage.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task Calls_of_one_turn_are_under_way_together_and_their_results_keep_their_order()
    {
        const int Many = 6;
        using var all = new CountdownEvent(Many);
        var tools = new WaitingTools(new OwnTools(), async (_, arguments, cancellationToken) =>
        {
            // Nobody answers before everybody has been asked.
            all.Signal();
            await Task.Run(() => all.Wait(TimeSpan.FromSeconds(60), cancellationToken), cancellationToken);
            return new ToolAnswer(Asked.One(arguments.GetProperty("account_id").GetString()!, 1), IsError: false);
        });
        var accounts = Enumerable.Range(1, Many).Select(static index => $"{index:d12}").ToList();
        var model = new ScriptedModel(ScriptedModel.Calls([.. accounts.Select(static account => ScriptedModel.Call(Asked.Instances, $$"""{"account_id": "{{account}}"}"""))]), new("Six."));
        var answer = await Asked.AskAsync(model, tools);
        answer.Coverage.Accounts.Select(static account => account.Id).ShouldBe(accounts);
        var shown = model.Shown[1].Messages;
        accounts.Select(account => shown.LastIndexOf(account, StringComparison.Ordinal)).ShouldBeInOrder();
    }

    [Fact]
    public async Task No_more_calls_are_under_way_than_are_allowed_at_once()
    {
        var (now, most) = (0, 0);
        var tools = new WaitingTools(new OwnTools(), async (_, _, cancellationToken) =>
        {
            var current = Interlocked.Increment(ref now);
            InterlockedMax(ref most, current);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return new ToolAnswer("{}", IsError: false);
        });
        var model = new ScriptedModel(ScriptedModel.Calls([.. Enumerable.Range(0, 30).Select(static _ => ScriptedModel.Call(Asked.Instances, "{}"))]), new("Done."));
        var answer = await new OperationsAgent(model, tools, Asked.Settings() with { AtOnce = 3 }).AskAsync(new Conversation(), "?", new Happenings(), CancellationToken.None);
        answer.Trace.Calls.Count.ShouldBe(30);
        most.ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task Only_found_tools_are_shown_and_the_model_finds_others_by_searching()
    {
        var all = new OwnTools();
        var tools = new OwnTools { Search = query => query.Contains("firewall", StringComparison.Ordinal) ? [.. all.Listed.Where(static tool => tool.BareName is "describe_ec2_security_groups")] : [.. all.Listed.Where(static tool => tool.BareName is "describe_ec2_instances")] };
        var model = new ScriptedModel(
            ScriptedModel.Calls(ScriptedModel.Call("ec2___describe_ec2_security_groups", "{}")),
            ScriptedModel.Calls(ScriptedModel.Call("search_tools", """{"query": "firewall rules"}""")),
            ScriptedModel.Calls(ScriptedModel.Call("ec2___describe_ec2_security_groups", "{}")),
            new("Done."));
        var answer = await Asked.AskAsync(model, tools);
        model.Shown[0].Tools.ShouldBe(["search_tools", "accounts___list_accounts", Asked.Instances], ignoreOrder: true);
        model.Shown[2].Tools.ShouldContain("ec2___describe_ec2_security_groups");
        model.Shown[1].Messages.ShouldContain("no tool of that name is listed to you");
        answer.Trace.Calls.Select(static call => call.Outcome).ShouldBe([CallOutcome.NotMade, CallOutcome.Answered, CallOutcome.Answered]);
    }

    [Fact]
    public async Task What_a_tool_says_meanwhile_is_told_without_characters_that_act()
    {
        var tools = new WaitingTools(new OwnTools(), static (_, _, _) => Task.FromResult(new ToolAnswer("{}", IsError: false))) { Says = "half\u001b[2J way" };
        var happened = new Happenings();
        await Asked.AskAsync(new ScriptedModel(ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, "{}")), new("Done.")), tools, progress: happened);
        happened.All.OfType<AgentEvent.CallSays>().ShouldHaveSingleItem().Text.ShouldBe("half[2J way");
    }

    [Fact]
    public async Task A_model_that_fails_ends_in_what_it_said_and_why()
    {
        var answer = await Asked.AskAsync(new ScriptedModel(new ScriptedModel.Turn("Half an ans", Fault: new IOException("The line\u001b broke."))), new OwnTools());
        answer.Text.ShouldBe("Half an ans");
        answer.End.ShouldBeOfType<AnswerEnd.ModelFailed>().Message.ShouldBe("The line broke.");
        answer.IsWhole.ShouldBeFalse();
    }

    [Theory]
    [InlineData("length", "cut_short")]
    [InlineData("content_filter", "withheld")]
    public async Task A_model_that_stops_early_is_told(string finish, string word) =>
        (await Asked.AskAsync(new ScriptedModel(new ScriptedModel.Turn("Half", Finish: new ChatFinishReason(finish))), new OwnTools())).End.Word.ShouldBe(word);

    [Fact]
    public async Task Tools_that_go_away_are_an_answer_to_the_model_and_no_fault()
    {
        var tools = new WaitingTools(new OwnTools(), static (_, _, _) => throw new ToolsUnreachableException("The gateway went away."));
        var model = new ScriptedModel(ScriptedModel.Calls(ScriptedModel.Call(Asked.Instances, "{}")), new("It went away."));
        var answer = await Asked.AskAsync(model, tools);
        answer.Trace.Calls.ShouldHaveSingleItem().Outcome.ShouldBe(CallOutcome.Failed);
        model.Shown[1].Messages.ShouldContain("The gateway went away.");
    }

    [Fact]
    public async Task A_second_question_sees_the_first_with_its_answer()
    {
        var conversation = new Conversation();
        var model = new ScriptedModel(new("Blue."), new("Still blue."));
        await Asked.AskAsync(model, new OwnTools(), conversation: conversation, question: "What colour?");
        await Asked.AskAsync(model, new OwnTools(), conversation: conversation, question: "And now?");
        model.Shown[1].Messages.ShouldBe("What colour?\nBlue.\nAnd now?");
    }

    private static OwnTools Tools(Func<JsonElement, string> answer) => new() { Answer = (_, arguments) => new ToolAnswer(answer(arguments), IsError: false) };

    private static void InterlockedMax(ref int most, int current)
    {
        for (var seen = Volatile.Read(ref most); current > seen; seen = Volatile.Read(ref most))
        {
            if (Interlocked.CompareExchange(ref most, current, seen) == seen)
            {
                return;
            }
        }
    }
}
