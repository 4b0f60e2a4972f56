using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CentralOps.Sandbox.Bedrock;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Agent.Tests.Models.Fixtures;

/// <summary>A scripted model on OpenAI's protocol: the same turns as the sandbox's Bedrock, whole and in chunks.</summary>
internal static class OpenAIScript
{
    private const int Piece = 7;

    public static Task<ModelServer> StartAsync(params ModelTurn[] turns)
    {
        var left = new ConcurrentQueue<ModelTurn>(turns);
        return StartAsync(_ => left.TryDequeue(out var turn) ? turn : ModelTurn.Refuse("invalid_request_error", "The script has no more turns."));
    }

    public static Task<ModelServer> StartAsync(Func<Asked, ModelTurn> script) => ModelServer.StartAsync(async (asked, response) =>
    {
        var turn = script(asked);
        if (turn.Refusal is { } refusal)
        {
            await Replies.Status(refusal.Status, new JsonObject { ["error"] = new JsonObject { ["message"] = refusal.Message, ["type"] = refusal.Code, ["code"] = null } }.ToJsonString())(response);
            return;
        }

        await (asked.Streams ? Chunks(turn) : Whole(turn))(response);
    });

    private static Func<HttpResponse, Task> Whole(ModelTurn turn) => Replies.Json(new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = Words(turn) is { Length: > 0 } words ? words : null, ["tool_calls"] = Calls(turn) },
            ["finish_reason"] = Reason(turn),
        }),
        ["usage"] = Usage(turn),
    }.ToJsonString());

    private static Func<HttpResponse, Task> Chunks(ModelTurn turn)
    {
        var events = new List<string> { Chunk(new JsonObject { ["role"] = "assistant", ["content"] = "" }) };
        events.AddRange(Words(turn).Chunk(Piece).Select(piece => Chunk(new JsonObject { ["content"] = new string(piece) })));
        var calls = turn.Blocks.OfType<ModelBlock.ToolUse>().ToArray();
        for (var at = 0; at < calls.Length; at++)
        {
            var index = at;
            events.Add(Delta(index, new JsonObject { ["index"] = index, ["id"] = calls[at].Id ?? $"call_{index}", ["type"] = "function", ["function"] = new JsonObject { ["name"] = calls[at].Name, ["arguments"] = "" } }));
            events.AddRange(calls[at].Input.Chunk(Piece).Select(piece => Delta(index, new JsonObject { ["index"] = index, ["function"] = new JsonObject { ["arguments"] = new string(piece) } })));
        }

        events.Add(Chunk([], Reason(turn)));
        events.Add(new JsonObject { ["id"] = "chatcmpl-1", ["choices"] = new JsonArray(), ["usage"] = Usage(turn) }.ToJsonString());
        events.Add("[DONE]");
        return Replies.Events([.. events]);
    }

    private static string Delta(int _, JsonObject call) => Chunk(new JsonObject { ["tool_calls"] = new JsonArray(call) });

    private static string Chunk(JsonObject delta, string? reason = null) => new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion.chunk",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }),
    }.ToJsonString();

    private static JsonArray? Calls(ModelTurn turn) => turn.Blocks.OfType<ModelBlock.ToolUse>().ToArray() is { Length: > 0 } calls
        ? new([.. calls.Select((call, at) => new JsonObject { ["id"] = call.Id ?? $"call_{at}", ["type"] = "function", ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Input } })])
        : null;

    private static string Words(ModelTurn turn) => string.Concat(turn.Blocks.OfType<ModelBlock.Text>().Select(text => text.Words));

    private static string Reason(ModelTurn turn) => turn.StopReason ?? (turn.Blocks.Any(block => block is ModelBlock.ToolUse) ? "tool_calls" : "stop");

    private static JsonObject Usage(ModelTurn turn)
    {
        var usage = turn.Usage ?? new ModelUsage(10, 5);
        return new JsonObject
        {
            ["prompt_tokens"] = usage.InputTokens,
            ["completion_tokens"] = usage.OutputTokens,
            ["total_tokens"] = usage.InputTokens + usage.OutputTokens,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = usage.CacheReadInputTokens },
        };
    }
}
