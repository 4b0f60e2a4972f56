namespace CentralOps.Agent.Tracing;

/// <summary>Everything that was done for one question.</summary>
/// <param name="PromptVersion">Of the system prompt.</param>
/// <param name="Turns">Answers of the model.</param>
/// <param name="InputTokens">As the model tells them; where it does not, a quarter of the characters.</param>
public sealed record Trace(
    string Question, string PromptVersion, DateTimeOffset StartedAt, TimeSpan Duration, int Turns, long InputTokens, long OutputTokens, IReadOnlyList<TracedCall> Calls);
