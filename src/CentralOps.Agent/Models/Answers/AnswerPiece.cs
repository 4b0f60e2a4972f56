using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Models.Answers;

/// <summary>What a provider says of an answer, bit by bit; a whole answer is told the same way. Blocks are numbered by the provider.</summary>
internal abstract record AnswerPiece
{
    private AnswerPiece()
    {
    }

    public sealed record Begun(string? Id) : AnswerPiece;

    public sealed record Words(string Text) : AnswerPiece;

    public sealed record Thought(int Block, string Text) : AnswerPiece;

    /// <summary>What the provider wants back with the block's thought.</summary>
    public sealed record Seal(int Block, string Data) : AnswerPiece;

    public sealed record CallBegun(int Block, string Id, string Name) : AnswerPiece;

    /// <summary>A fragment of the JSON of the call's input.</summary>
    public sealed record CallInput(int Block, string Fragment) : AnswerPiece;

    public sealed record BlockEnded(int Block) : AnswerPiece;

    public sealed record Used(UsageDetails Usage) : AnswerPiece;

    /// <param name="Reason">What it means.</param>
    /// <param name="Word">The provider's own word.</param>
    public sealed record Ended(ChatFinishReason Reason, string Word) : AnswerPiece;
}
