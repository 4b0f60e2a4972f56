namespace CentralOps.Accounts.Credentials;

/// <summary>How much a role has to admit of who asks. <c>CENTRALOPS_IDENTITY</c>.</summary>
public enum IdentityMode
{
    /// <summary>A role that admits no session tags or no source identity is not entered.</summary>
    Require,

    /// <summary>It is entered with what it admits, and answers say what CloudTrail will not show.</summary>
    BestEffort,

    /// <summary>Neither is sent; the session name still carries the caller.</summary>
    Off,
}

/// <summary>What a session can carry of who asks, beside its name.</summary>
[Flags]
public enum IdentityParts
{
    None = 0,
    SessionTags = 1,
    SourceIdentity = 2,
    All = SessionTags | SourceIdentity,
}

/// <summary>Which roles admitted less, so that they are not asked for all of it every time; asked again after an hour.</summary>
internal sealed class AdmittedIdentity(TimeProvider time)
{
    private const int MaxRoles = 10_000;
    private static readonly TimeSpan RememberedFor = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (IdentityParts Parts, DateTimeOffset Until)> _roles = new(StringComparer.Ordinal);

    public IdentityParts Of(string roleArn)
    {
        lock (_gate)
        {
            return _roles.TryGetValue(roleArn, out var known) && time.GetUtcNow() < known.Until ? known.Parts : IdentityParts.All;
        }
    }

    public void Remember(string roleArn, IdentityParts parts)
    {
        lock (_gate)
        {
            if (_roles.Count >= MaxRoles)
            {
                _roles.Clear();
            }

            _roles[roleArn] = (parts, time.GetUtcNow() + RememberedFor);
        }
    }
}
