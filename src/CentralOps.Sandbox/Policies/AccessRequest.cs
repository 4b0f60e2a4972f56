using System.Collections.Frozen;

namespace CentralOps.Sandbox.Policies;

/// <summary>One question to the policies: may this principal do this action on this resource, now.</summary>
internal sealed record AccessRequest(Principal Principal, string Action, string Resource)
{
    public required string OrganizationId { get; init; }

    /// <summary>The caller's place in the organization, such as <c>o-a1/r-b2/ou-b2-c3/</c>.</summary>
    public string? OrganizationPath { get; init; }

    /// <summary>The service control policies over the caller's account, a level each from the root down; empty where none bind.</summary>
    public IReadOnlyList<IReadOnlyList<PolicyDocument>> Guardrails { get; init; } = [];

    /// <summary>Whose resource it is; null where that is the caller's account.</summary>
    public string? ResourceAccountId { get; init; }

    public FrozenDictionary<string, string> ResourceTags { get; init; } = FrozenDictionary<string, string>.Empty;

    public string? Region { get; init; }

    public DateTimeOffset? Now { get; init; }

    public string? SourceIp { get; init; }

    public string? UserAgent { get; init; }

    public string? ExternalId { get; init; }

    public string? RoleSessionName { get; init; }

    /// <summary>The source identity that the new session would carry: <c>sts:SourceIdentity</c>.</summary>
    public string? RequestedSourceIdentity { get; init; }

    public IReadOnlyCollection<string> TransitiveTagKeys { get; init; } = [];

    public FrozenDictionary<string, string> RequestTags { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>A service's own condition keys, by their names without regard to case: <c>s3:prefix</c>.</summary>
    public FrozenDictionary<string, string> ServiceKeys { get; init; } = FrozenDictionary<string, string>.Empty;

    public string OwnerAccountId => ResourceAccountId ?? Principal.AccountId;
}
