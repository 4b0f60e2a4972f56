namespace CentralOps.Agent.Context;

/// <summary>How much a model is shown. In characters: a token is about four.</summary>
internal static class ContextLimits
{
    /// <summary>Of one tool's answer.</summary>
    public const int OneAnswer = 24_000;

    /// <summary>Of all of a conversation's tool answers; above it the oldest become summaries.</summary>
    public const int AllAnswers = 72_000;

    /// <summary>Answers of so many turns before the last are never summarized: the model is working with them.</summary>
    public const int TurnsKept = 2;

    /// <summary>Of everything, above which the oldest questions of a chat leave it.</summary>
    public const int Conversation = 400_000;

    /// <summary>Of a call's arguments.</summary>
    public const int Arguments = 64 * 1024;
}
