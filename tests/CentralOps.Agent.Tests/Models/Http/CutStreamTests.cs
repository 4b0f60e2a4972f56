using System.Text;
using CentralOps.Agent.Models;
using CentralOps.Agent.Tests.Models.Fixtures;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Agent.Tests.Models.Http;

/// <summary>Streams cut, damaged and made up: an answer or an error in words, never a hang and never another exception.</summary>
public sealed class CutStreamTests
{
    private static readonly byte[] OpenAI = Encoding.UTF8.GetBytes(string.Concat(new[]
    {
        """{"id":"c","choices":[{"delta":{"role":"assistant","content":"I look — "}}]}""",
        """{"choices":[{"delta":{"content":"there. 🚀"}}]}""",
        """{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"t","arguments":"{\"a\":"}}]}}]}""",
        """{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"[1,2]}"}}]}}]}""",
        """{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}""",
        """{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}""",
        "[DONE]",
    }.Select(data => $"data: {data}\n\n")));

    private static readonly byte[] Anthropic = Encoding.UTF8.GetBytes(string.Concat(new[]
    {
        """{"type":"message_start","message":{"id":"m","usage":{"input_tokens":1}}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"I look — 🚀"}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"a","name":"t","input":{}}}""",
        """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"a\":[1,2]}"}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":2}}""",
        """{"type":"message_stop"}""",
    }.Select(data => $"event: x\ndata: {data}\n\n")));

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_stream_may_be_cut_anywhere(string provider)
    {
        var whole = provider is "openai" ? OpenAI : Anthropic;
        var cut = 0;
        var breaksOff = false;
        await using var server = await ModelServer.StartAsync((_, response) => Replies.Bytes("text/event-stream", whole[..cut], breaksOff)(response));
        var client = server.Client(provider);
        var enough = Encoding.UTF8.GetString(whole).IndexOf(provider is "openai" ? "\"usage\"" : "message_stop", StringComparison.Ordinal);

        for (cut = 0; cut <= whole.Length; cut += 5)
        {
            breaksOff = !breaksOff;
            var (answered, failure) = await TryAsync(client);
            if (cut > enough + 100)
            {
                answered.ShouldBeTrue(failure?.Message);
            }

            if (cut < enough - 100)
            {
                answered.ShouldBeFalse($"cut after {cut} bytes");
                failure!.Problem.ShouldBeOneOf(ModelProblem.Broken, ModelProblem.Unreachable);
            }
        }
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public void A_stream_may_be_damaged_anywhere(string provider)
    {
        var whole = provider is "openai" ? OpenAI : Anthropic;
        var damage = Gen.Choose(0, whole.Length - 1).SelectMany(_ => Gen.Choose(0, 255), static (at, value) => (at, (byte)value)).ListOf(4);
        Prop.ForAll(damage.ToArbitrary(), damages =>
        {
            var bytes = whole.ToArray();
            foreach (var (at, value) in damages)
            {
                bytes[at] = value;
            }

            TryBytesAsync(provider, bytes).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public void Any_json_may_stand_where_an_answer_is_expected(string provider)
    {
        var scalar = Gen.Elements("1", "-1", "1e400", "99999999999999999999", "null", "true", "\"text\"", "\"\\ud800\"", "\"\"", "[]", "{}", "[[]]");
        var name = Gen.Elements(
            "choices", "delta", "message", "content", "tool_calls", "function", "name", "arguments", "index", "id", "finish_reason", "usage", "prompt_tokens", "error", "type", "reasoning",
            "content_block", "partial_json", "stop_reason", "text", "input");
        var type = Gen.Elements("message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "error", "tool_use", "text_delta", "input_json_delta");
        Gen<string> Value(int depth) => depth == 0 ? scalar : Gen.OneOf(
            scalar,
            Value(depth - 1).ListOf(2).Select(static items => $"[{string.Join(',', items)}]"),
            name.SelectMany(_ => Value(depth - 1), static (member, value) => $"\"{member}\":{value}").ListOf(4).SelectMany(_ => type, static (members, kind) => $"{{\"type\":\"{kind}\",{string.Join(',', members)}}}"));

        Prop.ForAll(Value(5).ListOf(6).ToArbitrary(), events =>
        {
            TryBytesAsync(provider, Encoding.UTF8.GetBytes(string.Concat(events.Select(data => $"data: {data}\n\n")))).GetAwaiter().GetResult();
            TryBytesAsync(provider, Encoding.UTF8.GetBytes(events.FirstOrDefault() ?? ""), "application/json").GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    private static async Task TryBytesAsync(string provider, byte[] bytes, string type = "text/event-stream")
    {
        using var http = new HttpMessageInvoker(new Canned(type, bytes));
        ModelChoice.TryParse($"{provider}:m@http://127.0.0.1:1/v1", out var choice, out _).ShouldBeTrue();
        ChatModels.TryOpen(choice, new ModelConnection { Http = http, Setting = static _ => null, Jitter = new NoJitter() }, out var client, out _).ShouldBeTrue();
        await TryAsync(client!);
    }

    private static async Task<(bool Answered, ModelException? Failure)> TryAsync(Microsoft.Extensions.AI.IChatClient client)
    {
        try
        {
            await client.AskAsync(streams: true).WaitAsync(TimeSpan.FromSeconds(60));
            return (true, null);
        }
        catch (ModelException failure)
        {
            failure.Message.ShouldNotContain("Exception");
            return (false, failure);
        }
    }
}
