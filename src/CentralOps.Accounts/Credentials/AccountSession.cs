using CentralOps.Aws.Credentials;

namespace CentralOps.Accounts.Credentials;

/// <summary>A session in one account.</summary>
/// <param name="PackedPolicySize">Percent of the space that AWS grants session policy and tags; null where AWS did not say.</param>
public sealed record AccountSession(AwsCredentials Credentials, DateTimeOffset Since, DateTimeOffset Until, int? PackedPolicySize)
{
    private static readonly TimeSpan MaxLead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MaxMargin = TimeSpan.FromSeconds(10);

    public Confinement Confinement { get; init; }

    /// <summary>What of the caller CloudTrail will not show in this session.</summary>
    public IdentityParts Withheld { get; init; }

    private TimeSpan Lifetime => Until - Since;

    /// <summary>Never to the last second: a request takes time, and clocks differ.</summary>
    public bool IsUsable(DateTimeOffset now) => now < Until - Shorter(MaxMargin, Lifetime / 10);

    /// <summary>Due for renewal in its last fifth, at most five minutes before the end.</summary>
    public bool IsDue(DateTimeOffset now) => now >= Until - Shorter(MaxLead, Lifetime / 5);

    public override string ToString() => $"{Credentials} until {Until:O}";

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

/// <summary>What AWS itself holds a session to.</summary>
public enum Confinement
{
    /// <summary>The tool's own actions, by a session policy.</summary>
    SessionPolicy,

    /// <summary>All that a permission set of IAM Identity Center allows: only CentralOps' own table keeps the tool to its reads.</summary>
    PermissionSet,

    /// <summary>All that a profile of the person's own allows: as with a permission set.</summary>
    Profile,
}
