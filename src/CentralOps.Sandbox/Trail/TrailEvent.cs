namespace CentralOps.Sandbox.Trail;

/// <summary>One call of the sandbox's API: who, what, where, and how it ended. It holds no secret and nothing that was asked or answered.</summary>
public sealed record TrailEvent
{
    /// <summary>Counts up from 1.</summary>
    public long Sequence { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The caller's account; null where no key was recognised.</summary>
    public string? AccountId { get; init; }

    /// <summary>The user's or session's ARN.</summary>
    public string? CallerArn { get; init; }

    /// <summary>The ARN of the role whose session called.</summary>
    public string? IssuerArn { get; init; }

    /// <summary><c>role-id:session</c>, or a user's id.</summary>
    public string? PrincipalId { get; init; }

    public string? AccessKeyId { get; init; }

    public string? SourceIdentity { get; init; }

    public IReadOnlyDictionary<string, string> SessionTags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public DateTimeOffset? SessionCreatedAt { get; init; }

    /// <summary>As the AWS CLI names it.</summary>
    public required string Service { get; init; }

    /// <summary>Such as <c>monitoring.amazonaws.com</c>.</summary>
    public required string EventSource { get; init; }

    public required string Operation { get; init; }

    public required string Region { get; init; }

    public string? SourceIp { get; init; }

    /// <summary>The service that called for the caller, such as <c>aws-mcp.amazonaws.com</c>; null when nobody did.</summary>
    public string? InvokedBy { get; init; }

    public string? UserAgent { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>The ARN that the policies were asked about; null where it was no single resource.</summary>
    public string? Resource { get; init; }

    public string? ResourceAccountId { get; init; }
}

/// <summary>Which events are wanted; what is null does not matter.</summary>
/// <param name="Account">The caller's or the resource's.</param>
/// <param name="Caller">A part of the caller's ARN or source identity, in any case.</param>
/// <param name="Errors">Only calls that were refused or failed.</param>
/// <param name="After">Only events with a higher sequence number.</param>
/// <param name="Limit">The newest so many, 1 to 10,000.</param>
public sealed record TrailQuery(
    string? Account = null,
    string? Service = null,
    string? Operation = null,
    string? Caller = null,
    bool Errors = false,
    DateTimeOffset? Since = null,
    long After = 0,
    int Limit = 1000);
