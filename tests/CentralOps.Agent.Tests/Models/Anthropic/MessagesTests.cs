using CentralOps.Agent.Models;
using CentralOps.Agent.Tests.Models.Fixtures;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models.Anthropic;

public sealed class MessagesTests
{
    private static readonly string[] Streamed =
    [
        """{"type":"message_start","message":{"id":"msg_1","usage":{"input_tokens":20,"cache_read_input_tokens":1000,"cache_creation_input_tokens":100,"output_tokens":1}}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"I count."}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2VhbA=="}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"ping"}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"aGlkZGVu"}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"I look "}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"there."}}""",
        """{"type":"content_block_stop","index":2}""",
        """{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"describe_ec2_instances","input":{}}}""",
        """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}""",
        """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\"account_id\":"}}""",
        """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":" \"222222222222\"}"}}""",
        """{"type":"content_block_stop","index":3}""",
        """{"type":"some_new_event"}""",
        """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":30}}""",
        """{"type":"message_stop"}""",
    ];

    private const string Whole =
        """
        {"id":"msg_1","type":"message","role":"assistant","content":[
          {"type":"thinking","thinking":"I count.","signature":"c2VhbA=="},{"type":"redacted_thinking","data":"aGlkZGVu"},{"type":"text","text":"I look there."},
          {"type":"tool_use","id":"toolu_1","name":"describe_ec2_instances","input":{"account_id":"222222222222"}}],
         "stop_reason":"tool_use","usage":{"input_tokens":20,"cache_read_input_tokens":1000,"cache_creation_input_tokens":100,"output_tokens":30}}
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_comes_whole_with_words_thoughts_and_what_it_cost_and_all_of_it_goes_back(bool streams)
    {
        await using var server = await ModelServer.StartAsync((asked, response) => (asked.Streams ? Replies.Events(Streamed) : Replies.Json(Whole))(response));
        var client = server.Client("anthropic", path: "");
        var options = new ChatOptions { Tools = [Tool.Named()], Instructions = "Be short.", AllowMultipleToolCalls = false };
        List<ChatMessage> conversation = [Tool.User("How many?")];

        var asked = await client.AskAsync(streams, conversation, options);
        conversation.AddRange(asked.Messages);
        conversation.Add(Tool.Answered(new FunctionResultContent("toolu_1", "No way in.") { Exception = new InvalidOperationException() }));
        await client.AskAsync(streams, conversation, options);

        (asked.Text, asked.FinishReason, asked.ResponseId).ShouldBe(("I look there.", ChatFinishReason.ToolCalls, "msg_1"));
        asked.Calls().ShouldHaveSingleItem().Arguments!["account_id"]!.ToString().ShouldBe("222222222222");
        (asked.Usage!.InputTokenCount, asked.Usage.OutputTokenCount, asked.Usage.TotalTokenCount, asked.Usage.CachedInputTokenCount).ShouldBe((1120, 30, 1150, 1000));
        asked.Usage.AdditionalCounts![ModelUsageNames.CacheWritten].ShouldBe(100);

        var request = server.Requests[0];
        request.Path.ShouldBe("/v1/messages");
        (request.Headers["x-api-key"].ToString(), request.Headers["anthropic-version"].ToString(), request.Headers.Authorization.ToString()).ShouldBe(("sk-test-key", "2023-06-01", ""));
        request.Body.GetRawText().ShouldBe(
            $$$"""{"model":"test-model","max_tokens":8192,"stream":{{{(streams ? "true" : "false")}}},"system":[{"type":"text","text":"Be short."}],"messages":[{"role":"user","content":[{"type":"text","text":"How many?"}]}],"""
            + "\"tools\":" + """[{"name":"describe_ec2_instances","description":"EC2 instances of an account.","input_schema":{"type":"object","properties":{"account_id":{"type":"string"}},"required":["account_id"]}}],"""
            + "\"tool_choice\":" + """{"type":"auto","disable_parallel_tool_use":true}}""");
        server.Requests[1].Body.GetProperty("messages").GetRawText().ShouldBe(
            """[{"role":"user","content":[{"type":"text","text":"How many?"}]},{"role":"assistant","content":[{"type":"thinking","thinking":"I count.","signature":"c2VhbA=="},{"type":"redacted_thinking","data":"aGlkZGVu"},"""
            + """{"type":"text","text":"I look there."},{"type":"tool_use","id":"toolu_1","name":"describe_ec2_instances","input":{"account_id":"222222222222"}}]},"""
            + """{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"No way in.","is_error":true}]}]""");
    }

    [Theory]
    [InlineData(PromptCaching.On, 3)]
    [InlineData(PromptCaching.Off, 0)]
    [InlineData(PromptCaching.Auto, 0)]
    public async Task What_stays_the_same_is_marked_where_it_is_wanted(PromptCaching caching, int marks)
    {
        await using var server = await ModelServer.StartAsync(Replies.Json(Whole));

        await server.Client("anthropic", path: "/v1", caching: caching).AskAsync(streams: false, "How many?", new ChatOptions { Tools = [Tool.Named("a"), Tool.Named("b")], Instructions = "Be short." });

        server.Request.Path.ShouldBe("/v1/messages");
        server.Request.Body.GetRawText().Split("\"cache_control\":{\"type\":\"ephemeral\"}").Length.ShouldBe(marks + 1);
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("refusal", "content_filter")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("something_new", "something_new")]
    public async Task Why_an_answer_ended_is_told(string word, string reason)
    {
        await using var server = await ModelServer.StartAsync(Replies.Json($$"""{"content":[{"type":"text","text":"a"}],"stop_reason":"{{word}}"}"""));

        (await server.Client("anthropic").AskAsync(streams: false)).FinishReason!.Value.Value.ShouldBe(reason);
    }

    [Fact]
    public async Task An_overload_before_the_first_word_is_asked_again_and_after_it_told()
    {
        const string Overload = """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""";
        await using var server = await ModelServer.StartAsync(Replies.Events(Streamed[0], Overload), Replies.Events(Streamed), Replies.Events([.. Streamed[..11], Overload]));

        (await server.Client("anthropic").AskAsync(streams: true)).Text.ShouldBe("I look there.");
        var failed = await Should.ThrowAsync<ModelException>(() => server.Client("anthropic").AskAsync(streams: true));

        failed.Problem.ShouldBe(ModelProblem.Unavailable);
        failed.Message.ShouldContain("Overloaded");
        server.Requests.Count.ShouldBe(3);
    }
}
