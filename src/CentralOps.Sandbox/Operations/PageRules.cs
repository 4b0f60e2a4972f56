namespace CentralOps.Sandbox.Operations;

/// <summary>How a list pages: the members that carry it, its bounds, and the words in which the service refuses others.</summary>
internal sealed record PageRules
{
    public string Limit { get; init; } = "MaxResults";

    public string Token { get; init; } = "NextToken";

    public required int Default { get; init; }

    public int Min { get; init; } = 1;

    public required int Max { get; init; }

    /// <summary>A larger limit is taken as the largest, as some services do.</summary>
    public bool Clamps { get; init; }

    public required Func<long, ServiceError> BadLimit { get; init; }

    public required ServiceError BadToken { get; init; }
}
