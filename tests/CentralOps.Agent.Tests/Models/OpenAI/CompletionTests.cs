using System.Text.Json;
using CentralOps.Agent.Tests.Models.Fixtures;
using CentralOps.Sandbox.Bedrock;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models.OpenAI;

public sealed class CompletionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_is_answered_in_words_with_what_it_cost(bool streams)
    {
        await using var server = await OpenAIScript.StartAsync(ModelTurn.Say("There are 58 — all in us-east-1.") with { Usage = new ModelUsage(120, 30, CacheReadInputTokens: 100) });

        var answer = await server.Client().AskAsync(streams, "How many?", new ChatOptions
        {
            Instructions = "Be short.", MaxOutputTokens = 500, Temperature = 0.5f, TopP = 0.25f, StopSequences = ["END"],
        });

        answer.Text.ShouldBe("There are 58 — all in us-east-1.");
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        (answer.ResponseId, answer.ModelId).ShouldBe(("chatcmpl-1", "test-model"));
        (answer.Usage!.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount, answer.Usage.CachedInputTokenCount).ShouldBe((120, 30, 150, 100));
        server.Request.Path.ShouldBe("/v1/chat/completions");
        server.Request.Headers.Authorization.ToString().ShouldBe("Bearer sk-test-key");
        var options = streams ? ",\"stream_options\":{\"include_usage\":true}" : "";
        server.Request.Body.GetRawText().ShouldBe(
            $$"""{"model":"test-model","stream":{{(streams ? "true" : "false")}}{{options}},"messages":[{"role":"system","content":"Be short."},{"role":"user","content":"How many?"}],"max_tokens":500,"temperature":0.5,"top_p":0.25,"stop":["END"]}""");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Parallel_calls_come_whole_and_each_result_goes_back_in_a_message(bool streams)
    {
        await using var server = await OpenAIScript.StartAsync(
            new ModelTurn
            {
                Blocks =
                [
                    new ModelBlock.Text("I look in both."),
                    new ModelBlock.ToolUse(Tool.Instances, """{"account_id":"222222222222","note":"ä\"\\ 🚀"}""", "a"),
                    new ModelBlock.ToolUse(Tool.Instances, """{"account_id":"333333333333"}""", "b"),
                ],
            },
            ModelTurn.Say("Done."));
        var client = server.Client();
        var options = new ChatOptions { Tools = [Tool.Named(description: new string('d', 2000))], AllowMultipleToolCalls = false };
        List<ChatMessage> conversation = [Tool.User("How many?")];

        var asked = await client.AskAsync(streams, conversation, options);
        asked.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        asked.Text.ShouldBe("I look in both.");
        asked.Calls().Select(call => (call.CallId, call.Arguments!["account_id"]!.ToString())).ShouldBe([("a", "222222222222"), ("b", "333333333333")]);
        asked.Calls()[0].Arguments!["note"]!.ToString().ShouldBe("ä\"\\ 🚀");

        conversation.AddRange(asked.Messages);
        conversation.Add(Tool.Answered(new FunctionResultContent("a", "58"), new FunctionResultContent("b", "No way in.") { Exception = new InvalidOperationException() }));
        (await client.AskAsync(streams, conversation, options)).Text.ShouldBe("Done.");

        var first = server.Requests[0].Body;
        first.GetProperty("parallel_tool_calls").GetBoolean().ShouldBeFalse();
        first.GetProperty("tools")[0].GetProperty("function").GetProperty("description").GetString()!.Length.ShouldBe(1024);
        var messages = server.Requests[1].Body.GetProperty("messages").EnumerateArray().ToArray();
        messages.Select(message => message.GetProperty("role").GetString()).ShouldBe(["user", "assistant", "tool", "tool"]);
        messages[1].GetProperty("tool_calls")[1].GetRawText().ShouldBe("""{"id":"b","type":"function","function":{"name":"describe_ec2_instances","arguments":"{\"account_id\":\"333333333333\"}"}}""");
        messages[2].GetRawText().ShouldBe("""{"role":"tool","tool_call_id":"a","content":"58"}""");
        messages[3].GetProperty("content").GetString().ShouldBe("Error: No way in.");
    }

    [Theory]
    [InlineData("required", "\"required\"")]
    [InlineData("none", "\"none\"")]
    [InlineData("one", """{"type":"function","function":{"name":"describe_ec2_instances"}}""")]
    public async Task How_tools_are_to_be_used_is_told(string mode, string choice)
    {
        await using var server = await OpenAIScript.StartAsync(ModelTurn.Say("a"));

        await server.Client().AskAsync(streams: true, options: new ChatOptions
        {
            Tools = [Tool.Named()],
            ToolMode = mode switch { "required" => ChatToolMode.RequireAny, "none" => ChatToolMode.None, _ => ChatToolMode.RequireSpecific(Tool.Instances) },
        });

        server.Request.Body.GetProperty("tool_choice").GetRawText().ShouldBe(choice);
    }

    /// <summary>Servers that number calls in ways of their own.</summary>
    [Theory]
    // Ollama: all are 0.
    [InlineData("""[{"index":0,"id":"a","function":{"name":"t","arguments":"{\"n\":1}"}}]""", """[{"index":0,"id":"b","function":{"name":"t","arguments":"{\"n\":2}"}}]""")]
    // Gemini's: no number, all in one chunk or one after the other.
    [InlineData("""[{"id":"a","function":{"name":"t","arguments":"{\"n\":1}"}},{"id":"b","function":{"name":"t","arguments":"{\"n\":2}"}}]""", "[]")]
    [InlineData("""[{"id":"a","function":{"name":"t","arguments":"{\"n\":1}"}}]""", """[{"id":"b","function":{"name":"t","arguments":"{\"n\":2}"}}]""")]
    // Neither number nor id.
    [InlineData("""[{"function":{"name":"t","arguments":"{\"n\":1}"}}]""", """[{"function":{"name":"t","arguments":"{\"n\":2}"}}]""")]
    // The input as JSON.
    [InlineData("""[{"index":0,"id":"a","function":{"name":"t","arguments":{"n":1}}}]""", """[{"index":1,"id":"b","function":{"name":"t","arguments":{"n":2}}}]""")]
    // Fragments that cross.
    [InlineData("""[{"index":0,"id":"a","function":{"name":"t","arguments":"{\"n"}},{"index":1,"id":"b","function":{"name":"t","arguments":"{\"n\":"}}]""", """[{"index":1,"function":{"arguments":"2}"}},{"index":0,"id":"a","function":{"name":"t","arguments":"\":1}"}}]""")]
    public async Task Calls_are_told_apart_however_a_server_numbers_them(string first, string second)
    {
        await using var server = await ModelServer.StartAsync(Replies.Events(
            $$$"""{"choices":[{"delta":{"tool_calls":{{{first}}}}}]}""", $$$"""{"choices":[{"delta":{"tool_calls":{{{second}}}},"finish_reason":"stop"}]}""", "[DONE]"));

        var answer = await server.Client().AskAsync(streams: true);

        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls, "a call was made, whatever the server says");
        answer.Calls().Select(call => (call.Name, call.Arguments!["n"]!.ToString())).ShouldBe([("t", "1"), ("t", "2")]);
        answer.Calls().Select(call => call.CallId).ShouldBeUnique();
        answer.Calls().ShouldAllBe(call => call.CallId.Length > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thoughts_of_open_models_are_kept_apart_and_not_sent_back(bool streams)
    {
        await using var server = await ModelServer.StartAsync((asked, response) => (asked.Streams
            ? Replies.Events(
                """{"choices":[{"delta":{"reasoning_content":"I "}}]}""", """{"choices":[{"delta":{"reasoning_content":"count."}}]}""", """{"choices":[{"delta":{"content":"58"}}]}""",
                """{"choices":[{"delta":{},"finish_reason":"stop"}]}""")
            : Replies.Json("""{"choices":[{"message":{"reasoning":"I count.","content":[{"type":"text","text":"5"},{"type":"text","text":"8"}]},"finish_reason":"stop"}]}"""))(response));

        var answer = await server.Client().AskAsync(streams);
        await server.Client().AskAsync(streams, [Tool.User("How many?"), .. answer.Messages, Tool.User("Really?")]);

        answer.Text.ShouldBe("58");
        answer.Messages[0].Contents.OfType<TextReasoningContent>().ShouldHaveSingleItem().Text.ShouldBe("I count.");
        server.Requests[1].Body.GetRawText().ShouldNotContain("I count.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusal_is_words_and_a_filtered_end(bool streams)
    {
        await using var server = await ModelServer.StartAsync(streams
            ? Replies.Events("""{"choices":[{"delta":{"refusal":"I will not."}}]}""", """{"choices":[{"delta":{},"finish_reason":"stop"}]}""")
            : Replies.Json("""{"choices":[{"message":{"content":null,"refusal":"I will not."},"finish_reason":"stop"}]}"""));

        var answer = await server.Client().AskAsync(streams);

        (answer.Text, answer.FinishReason).ShouldBe(("I will not.", ChatFinishReason.ContentFilter));
    }

    [Fact]
    public async Task A_server_that_cannot_stream_answers_whole()
    {
        await using var server = await ModelServer.StartAsync(Replies.Json("""{"choices":[{"message":{"content":"58"},"finish_reason":"stop"}]}"""));

        (await server.Client().AskAsync(streams: true)).Text.ShouldBe("58");
    }

    [Fact]
    public async Task A_server_of_ones_own_needs_no_key()
    {
        await using var server = await OpenAIScript.StartAsync(ModelTurn.Say("58"));

        await server.Client(key: null).AskAsync(streams: false);

        server.Request.Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task Comments_and_other_line_ends_are_events_as_the_standard_has_them()
    {
        await using var server = await ModelServer.StartAsync(Replies.Bytes(
            "text/event-stream; charset=utf-8",
            "\uFEFF: ping\r\n\r\nevent: x\rdata: {\"choices\":[{\"delta\":\rdata: {\"content\":\"58\"}}]}\r\rdata:\n\ndata:{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"));

        (await server.Client().AskAsync(streams: true)).Text.ShouldBe("58");
    }

    [Fact]
    public void Openai_itself_has_a_newer_name_for_the_bound()
    {
        JsonDocument.Parse(Agent.Models.OpenAI.CompletionRequest.Write("m", isOwn: true, Question())).RootElement.TryGetProperty("max_completion_tokens", out _).ShouldBeTrue();
        JsonDocument.Parse(Agent.Models.OpenAI.CompletionRequest.Write("m", isOwn: false, Question())).RootElement.TryGetProperty("max_tokens", out _).ShouldBeTrue();

        static Agent.Models.ModelQuestion Question()
        {
            var options = new ChatOptions { MaxOutputTokens = 5 };
            return new(Agent.Models.Conversation.Transcript.Of([Tool.User("a")], options, "me"), Agent.Models.Conversation.ToolSet.Of(options), options, Streams: false);
        }
    }
}
