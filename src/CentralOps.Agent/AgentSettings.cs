using CentralOps.Agent.Budgets;
using CentralOps.Agent.Fencing;

namespace CentralOps.Agent;

/// <summary>How an agent works.</summary>
public sealed record AgentSettings
{
    public Budget Budget { get; init; } = new();

    /// <summary>Tool calls of one turn under way at once; 1 to 64.</summary>
    public int AtOnce
    {
        get;
        init => field = value is >= 1 and <= 64 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "From 1 to 64.");
    }
    = 8;

    /// <summary>Tokens of one turn that the model may write; 256 to 64,000.</summary>
    public int AnswerTokens
    {
        get;
        init => field = value is >= 256 and <= 64_000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "From 256 to 64,000.");
    }
    = 4096;

    public required Fence Fence { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
