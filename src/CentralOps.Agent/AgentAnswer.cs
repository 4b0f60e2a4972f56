using CentralOps.Agent.Tracing;

namespace CentralOps.Agent;

/// <summary>What a question came to.</summary>
/// <param name="Text">The model's words: written by a model, and to be shown as <see cref="Shown.AnswerText"/> has it.</param>
/// <param name="Trace">Everything that was asked for it.</param>
/// <param name="Coverage">Which accounts and regions it speaks of, and which failed: from the calls, not from the model's words.</param>
public sealed record AgentAnswer(string Text, AnswerEnd End, Trace Trace, Coverage Coverage)
{
    public bool IsWhole => End is AnswerEnd.Complete;
}
