using System.Runtime.CompilerServices;
using CentralOps.Agent.Models.Answers;
using CentralOps.Agent.Models.Conversation;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models;

/// <summary>A model behind the contract of a chat client, the same for every provider. Safe for concurrent use.</summary>
internal sealed class ModelClient(IModelWire wire, ModelLimits limits, TimeProvider time, Random jitter) : IChatClient
{
    /// <summary>An answer that breaks off before anything of it was handed on is asked for again.</summary>
    private const int MostBeginnings = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly string _thinker = $"{wire.Subject.Kind}:{wire.Subject.Model}";

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in AnswerAsync(messages, options, streams: false, cancellationToken))
        {
            updates.Add(update);
        }

        return updates.ToChatResponse();
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => AnswerAsync(messages, options, streams: true, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(wire.Subject.Kind.ToString().ToLowerInvariant(), wire.Endpoint, wire.Subject.Model)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
        // Connections are their owner's.
    }

    private async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, bool streams, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var question = Read(messages, options, streams);
        using var late = new CancellationTokenSource(limits.Answer, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        for (var beginning = 1; ; beginning++)
        {
            var assembly = new AnswerAssembly(wire.Subject, _thinker, question.Tools, limits, time.GetUtcNow());
            await using var pieces = wire.AskAsync(question, either.Token).GetAsyncEnumerator(either.Token);
            var brokeOff = false;
            while (true)
            {
                ChatResponseUpdate? update;
                try
                {
                    if (!await pieces.MoveNextAsync())
                    {
                        break;
                    }

                    update = assembly.Add(pieces.Current);
                }
                catch (ModelException fault) when (fault.MayPass && assembly.IsOver)
                {
                    break;
                }
                catch (ModelException fault) when (fault.MayPass && !assembly.HasBegun && beginning < MostBeginnings)
                {
                    brokeOff = true;
                    break;
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    throw ModelWords.Of(ModelProblem.TimedOut, wire.Subject, $"no end within {limits.Answer.TotalSeconds:0.###} s");
                }

                if (update is not null)
                {
                    yield return update;
                }
            }

            if (!brokeOff)
            {
                foreach (var update in assembly.Finish())
                {
                    yield return update;
                }

                yield break;
            }

            await Task.Delay(LongestWait * jitter.NextDouble(), time, cancellationToken);
        }
    }

    private ModelQuestion Read(IEnumerable<ChatMessage> messages, ChatOptions? options, bool streams)
    {
        if (options?.ResponseFormat is not (null or ChatResponseFormatText))
        {
            throw new ArgumentException("A format of the answer other than text is asked for, which is not given here. Leave it out, or have the answer made by a tool.", nameof(options));
        }

        return new ModelQuestion(Transcript.Of(messages, options, _thinker), ToolSet.Of(options), options, streams);
    }
}
