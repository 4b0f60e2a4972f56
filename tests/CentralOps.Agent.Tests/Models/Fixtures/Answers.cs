using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models.Fixtures;

/// <summary>An answer in one of the two ways that a client has, so that one test asks for both.</summary>
internal static class Answers
{
    public static async Task<ChatResponse> AskAsync(this IChatClient client, bool streams, IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        streams
            ? await client.GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken)
            : await client.GetResponseAsync(messages, options, cancellationToken);

    public static Task<ChatResponse> AskAsync(this IChatClient client, bool streams, string question = "How many?", ChatOptions? options = null) =>
        client.AskAsync(streams, [Tool.User(question)], options);

    public static IReadOnlyList<FunctionCallContent> Calls(this ChatResponse response) => [.. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()];
}
