using CentralOps.Agent.Models.Answers;
using CentralOps.Agent.Models.Conversation;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models;

/// <summary>One provider's protocol.</summary>
internal interface IModelWire
{
    ModelSubject Subject { get; }

    /// <summary>Where the model answers; null where only AWS's settings know.</summary>
    Uri? Endpoint { get; }

    /// <summary>Asks once; what passes by itself before the answer begins is retried inside.</summary>
    /// <exception cref="ModelException">The model does not answer.</exception>
    IAsyncEnumerable<AnswerPiece> AskAsync(ModelQuestion question, CancellationToken cancellationToken);
}

/// <summary>A question, read.</summary>
/// <param name="Streams">Whether the answer is wanted as it comes.</param>
internal sealed record ModelQuestion(Transcript Transcript, ToolSet Tools, ChatOptions? Options, bool Streams);
