using System.Text.Json;
using CentralOps.Agent.Models;
using CentralOps.Agent.Tests.Models.Fixtures;
using CentralOps.Sandbox.Bedrock;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models.Bedrock;

public sealed class PromptCachingTests
{
    [Theory]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", PromptCaching.Auto, "tools system messages")]
    [InlineData("anthropic.claude-3-7-sonnet-20250219-v1:0", PromptCaching.Auto, "tools system messages")]
    [InlineData("global.anthropic.claude-opus-4-6-v1", PromptCaching.Auto, "tools system messages")]
    [InlineData("arn:aws:bedrock:us-east-1:111111111111:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0", PromptCaching.Auto, "tools system messages")]
    [InlineData("eu.amazon.nova-pro-v1:0", PromptCaching.Auto, "system")]
    [InlineData("anthropic.claude-3-5-sonnet-20240620-v1:0", PromptCaching.Auto, "")]
    [InlineData("anthropic.claude-3-haiku-20240307-v1:0", PromptCaching.Auto, "")]
    [InlineData("meta.llama3-1-70b-instruct-v1:0", PromptCaching.Auto, "")]
    [InlineData("arn:aws:bedrock:us-east-1:111111111111:application-inference-profile/abc123", PromptCaching.Auto, "")]
    [InlineData("arn:aws:bedrock:us-east-1:111111111111:application-inference-profile/abc123", PromptCaching.On, "tools system messages")]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", PromptCaching.Off, "")]
    public async Task What_stays_the_same_is_marked_where_the_model_is_known_to_take_it(string model, PromptCaching caching, string places)
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelScript.By(_ => ModelTurn.Say("a")));

        await bedrock.Client(model, caching).AskAsync(streams: true, "How many?", new ChatOptions { Instructions = "Be short.", Tools = [Tool.Named()] });

        Marks(bedrock.Request.Input).ShouldBe(places);
    }

    [Fact]
    public async Task The_mark_of_a_conversation_stands_at_its_end_and_moves_with_it()
    {
        await using var bedrock = await BedrockFixture.StartAsync(ModelScript.By(_ => ModelTurn.Say("a")));

        await bedrock.Client().AskAsync(
            streams: false,
            [Tool.User("How many?"), Tool.Called(Tool.Call("c1")), Tool.Answered(new FunctionResultContent("c1", "58"))],
            new ChatOptions { Tools = [Tool.Named()] });

        var messages = bedrock.Request.Input.GetProperty("messages").EnumerateArray().ToArray();
        messages.Select(message => message.GetProperty("content").EnumerateArray().Count(IsMark)).ShouldBe([0, 0, 1]);
        IsMark(messages[2].GetProperty("content").EnumerateArray().Last()).ShouldBeTrue();
    }

    private static string Marks(JsonElement input) => string.Join(' ', new[]
    {
        input.GetProperty("toolConfig").GetProperty("tools").EnumerateArray().Any(IsMark) ? "tools" : "",
        input.GetProperty("system").EnumerateArray().Any(IsMark) ? "system" : "",
        input.GetProperty("messages").EnumerateArray().Any(message => message.GetProperty("content").EnumerateArray().Any(IsMark)) ? "messages" : "",
    }.Where(place => place.Length > 0));

    private static bool IsMark(JsonElement block) => block.TryGetProperty("cachePoint", out var mark) && mark.GetRawText() == """{"type":"default"}""";
}
