using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Fixtures;

/// <summary>A model that says what a test wrote, turn by turn, and keeps what it was shown.</summary>
internal sealed class ScriptedModel(params ScriptedModel.Turn[] turns) : IChatClient
{
    /// <param name="Text">Comes in pieces of a few characters.</param>
    /// <param name="Hang">After the text: never ends.</param>
    public sealed record Turn(string Text = "", IReadOnlyList<FunctionCallContent>? Calls = null, ChatFinishReason? Finish = null, long Tokens = 100, Exception? Fault = null, bool Hang = false);

    private int _next;

    /// <summary>What it was shown: messages as text, and the names of the tools.</summary>
    public List<(string Messages, string Instructions, IReadOnlyList<string> Tools, ChatToolMode? Mode, int? MaxOutput)> Shown { get; } = [];

    public TaskCompletionSource Hanging { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static FunctionCallContent Call(string tool, string arguments, string id = "") => new(
        id.Length > 0 ? id : $"call-{Guid.NewGuid():N}", tool,
        JsonElement.Parse(arguments).EnumerateObject().ToDictionary(static member => member.Name, static member => (object?)member.Value, StringComparer.Ordinal));

    public static Turn Calls(params FunctionCallContent[] calls) => new(Calls: calls);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        Paired(all);
        Shown.Add((string.Join('\n', all.SelectMany(static message => message.Contents).Select(Text)), options?.Instructions ?? "", [.. (options?.Tools ?? []).Select(static tool => tool.Name)], options?.ToolMode, options?.MaxOutputTokens));
        var turn = _next < turns.Length ? turns[_next++] : throw new InvalidOperationException("The script is at its end, and the model is asked again.");
        foreach (var piece in turn.Text.Chunk(7))
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new ChatResponseUpdate(ChatRole.Assistant, new string(piece));
        }

        if (turn.Hang)
        {
            Hanging.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (turn.Fault is not null)
        {
            throw turn.Fault;
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, [.. (turn.Calls ?? []), new UsageContent(new UsageDetails { InputTokenCount = turn.Tokens, OutputTokenCount = 10 })])
        {
            FinishReason = turn.Finish ?? (turn.Calls is { Count: > 0 } ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop),
        };
    }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    // As providers want it: every call has its result in the next message, and no result is without its call.
    private static void Paired(List<ChatMessage> messages)
    {
        for (var at = 0; at < messages.Count; at++)
        {
            var calls = messages[at].Contents.OfType<FunctionCallContent>().Select(static call => call.CallId).ToList();
            var next = at + 1 < messages.Count ? messages[at + 1].Contents.OfType<FunctionResultContent>().Select(static result => result.CallId).ToList() : [];
            calls.ShouldBe(next, $"message {at}");
        }
    }

    private static string Text(AIContent content) => content switch
    {
        TextContent text => text.Text,
        FunctionResultContent { Result: string text } => text,
        FunctionCallContent call => $"{call.Name} {new JsonObject([.. (call.Arguments ?? new Dictionary<string, object?>()).Select(static argument => KeyValuePair.Create(argument.Key, JsonNode.Parse(((JsonElement)argument.Value!).GetRawText())))]).ToJsonString()}",
        _ => "",
    };
}
