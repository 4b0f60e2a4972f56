namespace CentralOps.Sandbox.Estates.Alarms;

/// <summary>A CloudWatch alarm on one metric.</summary>
internal sealed record MetricAlarm(string Name, Metric Metric, double Threshold)
{
    public string Description { get; init; } = "";

    public string Comparison { get; init; } = "GreaterThanThreshold";

    public string Statistic { get; init; } = "Average";

    public int PeriodSeconds { get; init; } = 300;

    public int EvaluationPeriods { get; init; } = 3;

    /// <summary><c>OK</c>, <c>ALARM</c> or <c>INSUFFICIENT_DATA</c>.</summary>
    public string State { get; init; } = "OK";

    public required DateTimeOffset StateSince { get; init; }

    public bool ActionsEnabled { get; init; } = true;

    /// <summary>Topics and other things that hear of it.</summary>
    public IReadOnlyList<string> AlarmActions { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}

/// <summary>An alarm on other alarms; <see cref="Children"/> are the names that its rule speaks of.</summary>
internal sealed record CompositeAlarm(string Name, string Rule, IReadOnlyList<string> Children)
{
    public string Description { get; init; } = "";

    public string State { get; init; } = "OK";

    public required DateTimeOffset StateSince { get; init; }

    public IReadOnlyList<string> AlarmActions { get; init; } = [];

    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
