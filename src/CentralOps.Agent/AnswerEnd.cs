using CentralOps.Agent.Budgets;

namespace CentralOps.Agent;

/// <summary>How an answer came to its end. Whatever is not <see cref="Complete"/> is said with the answer.</summary>
public abstract record AnswerEnd
{
    private AnswerEnd()
    {
    }

    /// <summary>The model had nothing more to ask.</summary>
    public sealed record Complete : AnswerEnd;

    /// <param name="Limit">For a person: 15 turns.</param>
    public sealed record BudgetSpent(BudgetKind Kind, string Limit) : AnswerEnd;

    /// <summary>The model stopped at its own limit of length.</summary>
    public sealed record CutShort : AnswerEnd;

    /// <summary>The model's provider withheld the answer, or what was left of it.</summary>
    public sealed record Withheld : AnswerEnd;

    /// <summary>The model did not answer, or broke off.</summary>
    /// <param name="Message">Fit to be shown.</param>
    public sealed record ModelFailed(string Message, string Remedy) : AnswerEnd;

    /// <summary>One word for a program.</summary>
    public string Word => this switch
    {
        Complete => "complete",
        BudgetSpent { Kind: var kind } => "budget_" + kind.ToString().ToLowerInvariant(),
        CutShort => "cut_short",
        Withheld => "withheld",
        _ => "model_failed",
    };

    /// <summary>A sentence for a person; null for a whole answer.</summary>
    public string? Sentence => this switch
    {
        BudgetSpent { Limit: var limit } => $"This answer is partial: the budget of {limit} for one question was used up.",
        CutShort => "This answer is partial: the model stopped at its own limit of length.",
        Withheld => "This answer is partial: the model's provider withheld it, or the rest of it.",
        ModelFailed { Message: var message, Remedy: var remedy } => $"The model did not answer to the end: {message} {remedy}".TrimEnd(),
        _ => null,
    };
}
