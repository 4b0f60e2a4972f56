using System.Collections.Frozen;

namespace CentralOps.Sandbox.Policies;

/// <summary>One question to the policies: may this principal do this action on this resource, now.</summary>
internal sealed record AccessRequest(Principal Principal, string Action, string Resource)
{
    public required string OrganizationId { get; init; }

    public string? Region { get; init; }

    public string? ExternalId { get; init; }

    public string? RoleSessionName { get; init; }

    /// <summary>The source identity that the new session would carry: <c>sts:SourceIdentity</c>.</summary>
    public string? RequestedSourceIdentity { get; init; }

    public FrozenDictionary<string, string> RequestTags { get; init; } = FrozenDictionary<string, string>.Empty;
}
