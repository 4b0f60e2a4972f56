using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Identity;

/// <summary>An IAM role.</summary>
internal sealed record Role
{
    public required string AccountId { get; init; }

    public required string Name { get; init; }

    public required string RoleId { get; init; }

    /// <summary>Begins and ends with a slash; <c>/aws-service-role/…/</c> for what a service made for itself.</summary>
    public string Path { get; init; } = "/";

    public required PolicyDocument Trust { get; init; }

    public required IReadOnlyList<PolicyDocument> Policies { get; init; }

    public PolicyDocument? PermissionsBoundary { get; init; }

    public TimeSpan MaxSessionDuration { get; init; } = TimeSpan.FromHours(1);

    public string Arn => $"arn:aws:iam::{AccountId}:role{Path}{Name}";

    /// <summary>The principal of a session of this role.</summary>
    public Principal Session(string sessionName) => new()
    {
        Arn = $"arn:aws:sts::{AccountId}:assumed-role/{Name}/{sessionName}",
        IamArn = Arn,
        AccountId = AccountId,
        UserId = $"{RoleId}:{sessionName}",
        IdentityPolicies = Policies,
        PermissionsBoundary = PermissionsBoundary,
    };
}

/// <summary>An IAM user.</summary>
internal sealed record User(string AccountId, string Name, string UserId, IReadOnlyList<PolicyDocument> Policies)
{
    public string Arn => $"arn:aws:iam::{AccountId}:user/{Name}";

    public Principal ToPrincipal() => new()
    {
        Arn = Arn,
        IamArn = Arn,
        AccountId = AccountId,
        UserId = UserId,
        UserName = Name,
        IdentityPolicies = Policies,
    };
}
