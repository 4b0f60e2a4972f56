using CentralOps.Agent.Models;
using CentralOps.Agent.Models.Bedrock;
using CentralOps.Agent.Tests.Models.Fixtures;
using CentralOps.Sandbox.Bedrock;
using CentralOps.Sandbox.Tests.Fixtures;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models.Bedrock;

/// <summary>Converse and ConverseStream against the sandbox's, both ways of asking at once.</summary>
public sealed class ConverseTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_is_answered_in_words_with_what_it_cost(bool streams)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say("There are 58 instances in 222222222222 — all of them in us-east-1. 🚀") with
        {
            Usage = new ModelUsage(120, 30, CacheReadInputTokens: 1000, CacheWriteInputTokens: 200),
        });

        var answer = await bedrock.Client().AskAsync(streams, "How many?", new ChatOptions { Instructions = "Be short." });

        answer.Text.ShouldBe("There are 58 instances in 222222222222 — all of them in us-east-1. 🚀");
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.ModelId.ShouldBe(BedrockFixture.Claude);
        answer.ResponseId.ShouldNotBeNullOrEmpty();
        answer.Messages.ShouldHaveSingleItem().Role.ShouldBe(ChatRole.Assistant);
        var usage = answer.Usage.ShouldNotBeNull();
        (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount).ShouldBe((1320, 30, 1350, 1000));
        usage.AdditionalCounts![ModelUsageNames.CacheWritten].ShouldBe(200);
        (bedrock.Request.System, bedrock.Request.LastText, bedrock.Request.Streams).ShouldBe(("Be short.", "How many?", streams));
        bedrock.Request.CallerArn.ShouldBe("arn:aws:iam::111111111111:user/Operator");
    }

    [Fact]
    public async Task Text_is_handed_on_while_the_answer_still_comes()
    {
        var time = new ManualTime();
        await using var bedrock = await BedrockFixture.StartAsync(ModelScript.Of(ModelTurn.Say(new string('a', 24) + new string('b', 24)) with { Pace = TimeSpan.FromSeconds(1) }), time);
        await using var updates = bedrock.Client().GetStreamingResponseAsync("How many?").GetAsyncEnumerator();

        var first = updates.MoveNextAsync().AsTask();
        while (!first.IsCompleted)
        {
            await Eventually.BecomesTrue(() => first.IsCompleted || time.IsAwaited(TimeSpan.FromSeconds(1)), "the model waits between its events");
            if (!first.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        (await first).ShouldBeTrue();
        updates.Current.Text.ShouldBe(new string('a', 24), "the second piece has not been sent yet");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Parallel_calls_come_whole_and_their_results_go_back_in_one_turn(bool streams)
    {
        await using var bedrock = await BedrockFixture.StartAsync(
            new ModelTurn
            {
                Blocks =
                [
                    new ModelBlock.Text("I look in both."),
                    new ModelBlock.ToolUse(Tool.Instances, """{"account_id":"222222222222","filters":{"state":["running"]},"note":"ä\"\\ 🚀"}""", "tooluse_1"),
                    new ModelBlock.ToolUse(Tool.Instances, """{"account_id":"333333333333"}""", "tooluse_2"),
                ],
            },
            ModelTurn.Say("Done."));
        var client = bedrock.Client();
        var options = new ChatOptions { Tools = [Tool.Named()] };
        List<ChatMessage> conversation = [Tool.User("How many?")];

        var asked = await client.AskAsync(streams, conversation, options);

        asked.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        asked.Text.ShouldBe("I look in both.");
        var calls = asked.Calls();
        calls.Select(call => (call.CallId, call.Name, call.Exception)).ShouldBe([("tooluse_1", Tool.Instances, null), ("tooluse_2", Tool.Instances, null)]);
        calls[0].Arguments!["account_id"]!.ToString().ShouldBe("222222222222");
        calls[0].Arguments!["filters"]!.ToString().ShouldBe("""{"state":["running"]}""");
        calls[0].Arguments!["note"]!.ToString().ShouldBe("ä\"\\ 🚀");

        conversation.AddRange(asked.Messages);
        // One message a result, the second a failure: Converse takes both in one turn only.
        conversation.Add(Tool.Answered(new FunctionResultContent("tooluse_1", "58 instances")));
        conversation.Add(Tool.Answered(new FunctionResultContent("tooluse_2", "No way in.") { Exception = new InvalidOperationException("secret detail") }));
        (await client.AskAsync(streams, conversation, options)).Text.ShouldBe("Done.");

        var second = bedrock.Script.Requests[1];
        second.Turns.ShouldBe(3);
        second.ToolAnswers.ShouldBe([new ToolAnswer("tooluse_1", "58 instances", IsError: false), new ToolAnswer("tooluse_2", "No way in.", IsError: true)]);
        second.Input.GetRawText().ShouldNotContain("secret detail");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_without_input_has_none(bool streams)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Use(Tool.Instances));

        var call = (await bedrock.Client().AskAsync(streams, options: new ChatOptions { Tools = [Tool.Named()] })).Calls().ShouldHaveSingleItem();

        call.Arguments.ShouldNotBeNull().ShouldBeEmpty();
        call.Exception.ShouldBeNull();
    }

    [Theory]
    [InlineData("{\"account_id\": ")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("{} {}")]
    public async Task An_input_that_is_no_json_object_is_handed_on_as_a_faulty_call(string input)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Use(Tool.Instances, input));

        var call = (await bedrock.Client().AskAsync(streams: true, options: new ChatOptions { Tools = [Tool.Named()] })).Calls().ShouldHaveSingleItem();

        call.Exception.ShouldNotBeNull().Message.ShouldBe("The input that the model wrote for this tool is not a JSON object.");
        call.Arguments.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task Tools_are_declared_with_their_schemas_under_names_that_bedrock_takes_and_are_called_by_their_own()
    {
        var longName = "central-ops-tools___" + new string('x', 60) + ".describe";
        await using var bedrock = await BedrockFixture.StartAsync(ModelScript.By(request => ModelTurn.Use(request.Tools[1])));

        var answer = await bedrock.Client("amazon.nova-pro-v1:0").AskAsync(streams: true, options: new ChatOptions
        {
            Tools = [Tool.Named(), Tool.Named(longName, "", """{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"type":"string"}},"additionalProperties":false}""")],
            ToolMode = ChatToolMode.RequireAny,
            MaxOutputTokens = 500,
            Temperature = 0.5f,
            TopP = 0.25f,
            StopSequences = ["END"],
        });

        answer.Calls().ShouldHaveSingleItem().Name.ShouldBe(longName);
        bedrock.Request.Tools[0].ShouldBe(Tool.Instances);
        bedrock.Request.Tools[1].Length.ShouldBe(64);
        var config = bedrock.Request.Input.GetProperty("toolConfig");
        config.GetProperty("toolChoice").GetRawText().ShouldBe("""{"any":{}}""");
        config.GetProperty("tools")[0].GetProperty("toolSpec").GetProperty("inputSchema").GetProperty("json").GetProperty("required")[0].GetString().ShouldBe("account_id");
        // Nova refuses other words at the root of a schema, and everyone an empty description.
        config.GetProperty("tools")[1].GetProperty("toolSpec").GetRawText().ShouldEndWith(""","inputSchema":{"json":{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}}}}}""");
        config.GetProperty("tools")[1].GetProperty("toolSpec").TryGetProperty("description", out _).ShouldBeFalse();
        bedrock.Request.Input.GetProperty("inferenceConfig").GetRawText().ShouldBe("""{"maxTokens":500,"temperature":0.5,"topP":0.25,"stopSequences":["END"]}""");
    }

    [Fact]
    public async Task One_tool_can_be_demanded_and_none_leaves_the_tools_out_with_the_calls_in_words()
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say("a"), ModelTurn.Say("b"));
        var client = bedrock.Client();

        await client.AskAsync(streams: false, options: new ChatOptions { Tools = [Tool.Named()], ToolMode = ChatToolMode.RequireSpecific(Tool.Instances) });
        await client.AskAsync(
            streams: false,
            [Tool.User("How many?"), Tool.Called(Tool.Call("c1")), Tool.Answered(new FunctionResultContent("c1", "58"))],
            new ChatOptions { Tools = [Tool.Named()], ToolMode = ChatToolMode.None });

        bedrock.Script.Requests[0].Input.GetProperty("toolConfig").GetProperty("toolChoice").GetRawText().ShouldBe("""{"tool":{"name":"describe_ec2_instances"}}""");
        bedrock.Script.Requests[1].Input.TryGetProperty("toolConfig", out _).ShouldBeFalse();
        bedrock.Script.Requests[1].LastText.ShouldBe("[The tool's answer]\n58");
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("content_filtered", "content_filter")]
    [InlineData("guardrail_intervened", "content_filter")]
    [InlineData("malformed_tool_use", "malformed_tool_use")]
    public async Task Why_an_answer_ended_is_told(string word, string reason)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say("a") with { StopReason = word }, ModelTurn.Say("a") with { StopReason = word });

        foreach (var streams in (bool[])[false, true])
        {
            var answer = await bedrock.Client().AskAsync(streams);
            answer.FinishReason!.Value.Value.ShouldBe(reason);
            answer.Messages[^1].AdditionalProperties!["stop_reason"].ShouldBe(word);
        }
    }

    [Fact]
    public async Task A_guardrail_goes_with_every_question()
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say("a"), ModelTurn.Say("a"));
        var client = bedrock.Client(guardrail: new Guardrail("gr123", "2"));

        await client.AskAsync(streams: false);
        await client.AskAsync(streams: true);

        bedrock.Script.Requests.Select(request => request.Input.GetProperty("guardrailConfig").GetRawText()).ShouldAllBe(config => config == """{"guardrailIdentifier":"gr123","guardrailVersion":"2"}""");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thoughts_go_back_sealed_to_the_model_that_thought_them_and_to_no_other(bool streams)
    {
        await using var bedrock = await BedrockFixture.StartAsync(
            new ModelTurn { Blocks = [new ModelBlock.Reasoning("First I count the accounts of the organization.", "c2VhbA=="), new ModelBlock.ToolUse(Tool.Instances, "{}", "t1")] },
            ModelTurn.Say("a"),
            ModelTurn.Say("b"));
        var options = new ChatOptions { Tools = [Tool.Named()] };
        List<ChatMessage> conversation = [Tool.User("How many?")];
        var asked = await bedrock.Client().AskAsync(streams, conversation, options);
        asked.Text.ShouldBeEmpty();
        conversation.AddRange(asked.Messages);
        conversation.Add(Tool.Answered(new FunctionResultContent("t1", "58")));

        await bedrock.Client().AskAsync(streams, conversation, options);
        await bedrock.Client("amazon.nova-pro-v1:0").AskAsync(streams, conversation, options);

        bedrock.Script.Requests[1].Input.GetRawText().ShouldContain(
            """{"reasoningContent":{"reasoningText":{"text":"First I count the accounts of the organization.","signature":"c2VhbA=="}}}""");
        bedrock.Script.Requests[2].Input.GetRawText().ShouldNotContain("reasoningContent");
    }

    [Fact]
    public async Task An_arn_is_asked_in_its_own_region()
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelTurn.Say("a"));
        const string Profile = "arn:aws:bedrock:eu-west-1:111111111111:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0";

        await bedrock.Client(Profile, region: "us-east-1").AskAsync(streams: true);

        (bedrock.Request.Region, bedrock.Request.ModelId).ShouldBe(("eu-west-1", Profile));
    }

    [Fact]
    public async Task Without_a_script_a_stand_in_says_what_it_is()
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelScript.Echo);

        foreach (var streams in (bool[])[false, true])
        {
            var answer = await bedrock.Client(ModelScript.EchoModel).AskAsync(streams, "List all EC2 instances", new ChatOptions { Tools = [Tool.Named()] });
            answer.Text.ShouldStartWith("This is sandbox.echo, the sandbox's stand-in for a model.");
            answer.Text.ShouldEndWith("It was given 1 tools and asked: List all EC2 instances");
        }

        (await Should.ThrowAsync<ModelException>(() => bedrock.Client().AskAsync(streams: false))).Problem.ShouldBe(ModelProblem.UnknownModel);
    }
}
