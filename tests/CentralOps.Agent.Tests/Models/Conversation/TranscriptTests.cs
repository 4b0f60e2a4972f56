using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Agent.Models.Conversation;
using CentralOps.Agent.Tests.Models.Fixtures;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models.Conversation;

public sealed class TranscriptTests
{
    [Fact]
    public void Sides_alternate_and_the_user_begins()
    {
        var transcript = Transcript.Of(
            [
                new(ChatRole.System, "Be short."), new(ChatRole.Assistant, "Hello."), new(ChatRole.Assistant, "Ask me."),
                Tool.User("One."), Tool.User("Two."), new(ChatRole.System, "In English."), new(ChatRole.Assistant, " "), Tool.User("Three."),
            ],
            new ChatOptions { Instructions = "You read." },
            "me");

        transcript.System.ShouldBe("You read.\n\nBe short.\n\nIn English.");
        transcript.Turns.Select(turn => turn.IsModels).ShouldBe([false, true, false]);
        transcript.Turns[0].Blocks.ShouldBe([new Block.Words("(The beginning of this conversation is left out.)")]);
        transcript.Turns[2].Blocks.ShouldBe([new Block.Words("One."), new Block.Words("Two."), new Block.Words("Three.")]);
    }

    [Fact]
    public void A_call_that_was_broken_off_is_answered_as_such()
    {
        var transcript = Transcript.Of([Tool.User("How many?"), Tool.Called(Tool.Call("a"), Tool.Call("b")), Tool.Answered(new FunctionResultContent("b", "58")), Tool.User("Go on.")], null, "me");

        transcript.Turns[2].Blocks.ShouldBe([new Block.Result("a", "This call was not carried out.", IsError: true), new Block.Result("b", "58", IsError: false), new Block.Words("Go on.")]);
        Transcript.Of([Tool.User("How many?"), Tool.Called(Tool.Call("a"))], null, "me").Turns[^1].Blocks.ShouldBe([new Block.Result("a", "This call was not carried out.", IsError: true)]);
    }

    [Fact]
    public void A_result_whose_call_was_left_out_becomes_words()
    {
        var transcript = Transcript.Of([Tool.Answered(new FunctionResultContent("gone", "58")), Tool.User("Go on.")], null, "me");

        transcript.Turns.ShouldHaveSingleItem().Blocks.ShouldBe([new Block.Words("[The answer of a tool whose call is left out]\n58"), new Block.Words("Go on.")]);
    }

    [Fact]
    public void Calls_that_share_an_id_are_told_apart_and_keep_their_own_results()
    {
        var transcript = Transcript.Of(
            [
                Tool.User("How many?"), Tool.Called(Tool.Call("call_0", "111111111111"), Tool.Call("call_0", "222222222222")),
                Tool.Answered(new FunctionResultContent("call_0", "first"), new FunctionResultContent("call_0", "second")),
                Tool.Called(Tool.Call("call_0", "333333333333")), Tool.Answered(new FunctionResultContent("call_0", "third")),
            ],
            null,
            "me");

        var calls = transcript.Turns.SelectMany(turn => turn.Blocks).OfType<Block.Call>().ToArray();
        calls.Select(call => call.Id).ShouldBe(["call_0", "call_0_2", "call_0_3"]);
        transcript.Turns.SelectMany(turn => turn.Blocks).OfType<Block.Result>().Select(result => (result.CallId, result.Text)).ShouldBe([("call_0", "first"), ("call_0_2", "second"), ("call_0_3", "third")]);
    }

    [Fact]
    public void Results_are_text_whatever_they_were()
    {
        Text("58").ShouldBe("58");
        Text(JsonElement.Parse("""{"a":[1]}""")).ShouldBe("""{"a":[1]}""");
        Text(JsonElement.Parse("\"58\"")).ShouldBe("58");
        Text(new JsonObject { ["a"] = 1 }).ShouldBe("""{"a":1}""");
        Text(new TextContent("58")).ShouldBe("58");
        Text(new AIContent[] { new TextContent("a"), new TextContent("b") }).ShouldBe("a\nb");
        Text(58).ShouldBe("58");
        Text(null).ShouldBe("(no content)");
        Text(" ").ShouldBe("(no content)");
        ResultText.Of(new FunctionResultContent("c", null) { Exception = new InvalidOperationException("detail") }).ShouldBe("The tool failed.");

        static string Text(object? result) => ResultText.Of(new FunctionResultContent("c", result));
    }

    [Fact]
    public void Nothing_to_answer_and_what_is_no_text_are_refused_in_words()
    {
        Should.Throw<ArgumentException>(() => Transcript.Of([], null, "me")).Message.ShouldContain("Ask a question.");
        Should.Throw<ArgumentException>(() => Transcript.Of([new(ChatRole.System, "Be short."), Tool.User("  ")], null, "me")).Message.ShouldContain("Ask a question.");
        Should.Throw<ArgumentException>(() => Transcript.Of([new(ChatRole.User, [new DataContent("data:image/png;base64,AAAA", "image/png")])], null, "me")).Message.ShouldContain("DataContent");
    }

    [Theory]
    [InlineData("describe_ec2_instances", "describe_ec2_instances")]
    [InlineData("tools.describe/ec2", "tools_describe_ec2_")]
    [InlineData("café", "caf_")]
    [InlineData("", "_")]
    public void Names_are_fitted_the_same_way_each_time(string name, string beginning)
    {
        ToolNames.Fit(name).ShouldStartWith(beginning);
        ToolNames.Fit(ToolNames.Fit(name)).ShouldBe(ToolNames.Fit(name));
        ToolNames.Fit("a.b").ShouldNotBe(ToolNames.Fit("a/b"));
        ToolNames.Fit(new string('x', 500) + "a").ShouldNotBe(ToolNames.Fit(new string('x', 500) + "b"));
        ToolNames.Fit(new string('x', 500)).Length.ShouldBe(64);
    }

    [Fact]
    public void Tools_that_no_provider_can_be_told_of_are_refused_in_words()
    {
        Should.Throw<ArgumentException>(() => ToolSet.Of(new ChatOptions { Tools = [Tool.Named(), Tool.Named()] })).Message.ShouldContain("Two tools have the name");
        Should.Throw<ArgumentException>(() => ToolSet.Of(new ChatOptions { Tools = [new HostedWebSearchTool()] })).Message.ShouldContain("only functions");
        Should.Throw<ArgumentException>(() => ToolSet.Of(new ChatOptions { Tools = [Tool.Named()], ToolMode = ChatToolMode.RequireSpecific("other") })).Message.ShouldContain("'other'");
        Should.Throw<ArgumentException>(() => ToolSet.Of(new ChatOptions { Tools = [.. Enumerable.Range(0, 1025).Select(number => Tool.Named($"t{number}"))] })).Message.ShouldContain("fewer");
        ToolSet.Of(new ChatOptions { Tools = [Tool.Named(schema: "true")] }).Declarations[0].Schema.GetRawText().ShouldBe("""{"type":"object","properties":{}}""");
    }

    /// <summary>Whatever was said in whichever order: what providers demand of a conversation holds.</summary>
    [Fact]
    public void Any_conversation_becomes_one_that_providers_take()
    {
        var id = Gen.Elements("a", "b", "c", "", "d e");
        var content = Gen.OneOf(
            Gen.Elements<AIContent>(new TextContent("text"), new TextContent(" "), new UsageContent(), new TextReasoningContent("thought")),
            id.Select(AIContent (value) => Tool.Call(value)),
            id.Select(AIContent (value) => new FunctionResultContent(value, "result")));
        var message = Gen.Elements(ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.System).SelectMany(_ => content.ListOf(3), static (role, contents) => new ChatMessage(role, [.. contents]));

        Prop.ForAll(message.ListOf(12).Select(static messages => messages.ToArray()).ToArbitrary(), static messages =>
        {
            Transcript transcript;
            try
            {
                transcript = Transcript.Of(messages, null, "me");
            }
            catch (ArgumentException)
            {
                return;
            }

            transcript.Turns.Select(static turn => turn.IsModels).ShouldBe(transcript.Turns.Select(static (_, at) => at % 2 == 1));
            var seen = new HashSet<string>();
            var open = new List<string>();
            foreach (var turn in transcript.Turns)
            {
                turn.Blocks.ShouldNotBeEmpty();
                turn.Blocks.OfType<Block.Result>().Select(static result => result.CallId).ShouldBe(open);
                open = [.. turn.Blocks.OfType<Block.Call>().Select(static call => call.Id)];
                open.ShouldAllBe(call => seen.Add(call) && ToolNames.Fit(call) == call);
                turn.Blocks.OfType<Block.Result>().Any().ShouldBe(turn.Blocks[0] is Block.Result);
            }

            open.ShouldBeEmpty();
            transcript.InWords().HasCalls.ShouldBeFalse();
        }).QuickCheckThrowOnFailure();
    }
}
