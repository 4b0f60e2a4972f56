using CentralOps.Agent.Tracing;

namespace CentralOps.Agent;

/// <summary>What happens while a question is answered. Reported from several threads, one at a time.</summary>
public abstract record AgentEvent
{
    private AgentEvent()
    {
    }

    /// <summary>A piece of the model's words.</summary>
    public sealed record Words(string Text) : AgentEvent;

    /// <summary>The words so far go before tool calls: they are what the model says of its way, not the answer.</summary>
    public sealed record WordsWereAside : AgentEvent;

    public sealed record CallBegun(TracedCall Call) : AgentEvent;

    /// <param name="Text">What a tool says while it works; written by others.</param>
    public sealed record CallSays(TracedCall Call, string Text) : AgentEvent;

    public sealed record CallEnded(TracedCall Call) : AgentEvent;
}
