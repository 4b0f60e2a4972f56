using System.Text.Json;

namespace CentralOps.Agent.Tracing;

/// <summary>One call of a tool.</summary>
public sealed record TracedCall
{
    /// <summary>From 1, in the order in which they were asked for.</summary>
    public required int Number { get; init; }

    /// <summary>The turn that asked for it, from 1.</summary>
    public required int Turn { get; init; }

    /// <summary>As the model named it; written by a model.</summary>
    public required string Tool { get; init; }

    public required JsonElement Arguments { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public TimeSpan Duration { get; init; }

    public CallOutcome Outcome { get; init; } = CallOutcome.UnderWay;

    /// <summary>Characters of the answer, before anything was cut.</summary>
    public long Characters { get; init; }

    /// <summary>The model was shown less than that.</summary>
    public bool WasCut { get; init; }

    /// <summary>Why it was not made, or what the tool refused with; fit to be shown.</summary>
    public string? Note { get; init; }

    public AnswerPlaces Places { get; init; } = AnswerPlaces.None;
}

/// <summary>What became of a call.</summary>
public enum CallOutcome
{
    UnderWay,

    /// <summary>The tool answered; parts of it may have failed, which <see cref="AnswerPlaces.Failures"/> tells.</summary>
    Answered,

    /// <summary>The tool answered with a refusal of its own: its stage and code are in the note.</summary>
    Refused,

    /// <summary>The tool failed, or could not be reached.</summary>
    Failed,

    /// <summary>It was not made: unknown, one that writes, arguments that are none, or no budget.</summary>
    NotMade,
}
