using System.Collections.Frozen;

namespace CentralOps.Sandbox.Policies;

/// <summary>Who calls: an IAM user or a session of a role, with the policies that bound it.</summary>
internal sealed record Principal
{
    /// <summary>Nobody that is known: who asks an operation that takes no signature.</summary>
    public static Principal Anonymous { get; } = new() { Arn = "", IamArn = "", AccountId = "", UserId = "", UserName = "", IdentityPolicies = [] };

    /// <summary>The user's ARN, or the session's: <c>arn:aws:sts::111111111111:assumed-role/Role/session</c>.</summary>
    public required string Arn { get; init; }

    /// <summary>The user's or role's ARN in IAM: the condition key <c>aws:PrincipalArn</c>.</summary>
    public required string IamArn { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The condition key <c>aws:userid</c>: a user's id, or <c>role-id:session</c>.</summary>
    public required string UserId { get; init; }

    /// <summary>A user's name; null for a session.</summary>
    public string? UserName { get; init; }

    public required IReadOnlyList<PolicyDocument> IdentityPolicies { get; init; }

    /// <summary>The most that identity policies may give; null when there is no boundary.</summary>
    public PolicyDocument? PermissionsBoundary { get; init; }

    /// <summary>What the session was confined to when it was made; null when it was not.</summary>
    public PolicyDocument? SessionPolicy { get; init; }

    public string? SourceIdentity { get; init; }

    public FrozenDictionary<string, string> Tags { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Session tags that go along when this session assumes another role.</summary>
    public FrozenSet<string> TransitiveTagKeys { get; init; } = FrozenSet<string>.Empty;

    /// <summary>When the session was made; null for long-lived keys.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The managed MCP server through which the principal calls, such as <c>aws-mcp.amazonaws.com</c>; null when it calls itself.</summary>
    public string? InvokedBy { get; init; }

    public bool IsSession => UserName is null;

    /// <summary>A role that an AWS service made for itself: service control policies do not bind it.</summary>
    public bool IsServiceLinked => IamArn.StartsWith($"arn:aws:iam::{AccountId}:role/aws-service-role/", StringComparison.Ordinal);
}
