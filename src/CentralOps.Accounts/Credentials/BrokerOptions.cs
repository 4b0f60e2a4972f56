using CentralOps.Aws.Endpoints;

namespace CentralOps.Accounts.Credentials;

/// <summary>Settings of the way into member accounts.</summary>
public sealed record BrokerOptions
{
    /// <summary>Where AWS STS is asked: regional endpoints only, the global one is slower and a single point.</summary>
    public required RegionName Region { get; init; }

    /// <summary>Sent with every AssumeRole where the roles' trust asks for one. Never shown.</summary>
    public string? ExternalId { get; init; }

    /// <summary>900 s to 3,600 s, which is AWS's maximum where a role assumes another.</summary>
    public TimeSpan SessionDuration
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(900) && value <= TimeSpan.FromSeconds(3600)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A session lasts 900 s to 3,600 s.");
    } = TimeSpan.FromSeconds(900);

    /// <summary>What a role has to admit of who asks.</summary>
    public IdentityMode Identity { get; init; }

    /// <summary>Sessions kept at most, 1 or more.</summary>
    public int MaxSessions { get; init; } = 4096;

    public override string ToString() => $"sessions of {SessionDuration.TotalSeconds} s from {Region}";
}
