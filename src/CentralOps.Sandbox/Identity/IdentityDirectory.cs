using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Identity;

/// <summary>The IAM roles and users of the estate; a member's role is made when somebody asks for it.</summary>
internal sealed class IdentityDirectory
{
    public const string TargetRoleName = "CentralOpsTargetRole";

    private readonly Estate _estate;
    private readonly ConcurrentDictionary<string, Role> _roles = new(StringComparer.Ordinal);

    public IdentityDirectory(Estate estate)
    {
        _estate = estate;
        Operator = new User(
            DefaultOrganization.CentralOperationsId,
            "Operator",
            "AIDA" + new Dice(estate.Seed, "user", "Operator").Base32(17),
            [IdentityDocuments.AssumeTargetRoles, IdentityDocuments.InvokeFunctions, IdentityDocuments.InvokeGateway, IdentityDocuments.InvokeModels]);
        Add(NewRole(DefaultOrganization.CentralOperationsId, "CentralOpsGatewayRole") with
        {
            Trust = IdentityDocuments.ServiceTrust("bedrock-agentcore.amazonaws.com"),
            Policies = [IdentityDocuments.InvokeFunctions],
        });
        Add(NewRole(DefaultOrganization.CentralOperationsId, "CentralOpsLambdaRole") with
        {
            Trust = IdentityDocuments.ServiceTrust("lambda.amazonaws.com"),
            Policies = [IdentityDocuments.AssumeTargetRoles],
        });
    }

    /// <summary>Who runs the sandbox: an IAM user of the central operations account.</summary>
    public User Operator { get; }

    /// <summary>A role of an account that is open; a suspended account's roles are as good as gone.</summary>
    public bool TryFindRole(string arn, [NotNullWhen(true)] out Role? role)
    {
        if (_roles.TryGetValue(arn, out role))
        {
            return true;
        }

        if (arn.Split(':', 6) is not ["arn", "aws", "iam", "", var accountId, "role/" + TargetRoleName]
            || !_estate.TryFindAccount(accountId, out var account)
            || account is not { Status: AccountStatus.Active, HasTargetRole: true })
        {
            return false;
        }

        role = _roles.GetOrAdd(arn, _ => NewTargetRole(account));
        return true;
    }

    private Role NewTargetRole(Account account)
    {
        var administers = string.Equals(account.Id, DefaultOrganization.CentralOperationsId, StringComparison.Ordinal);
        var permissions = account.TargetPermissions ?? IdentityDocuments.TargetRead;
        return NewRole(account.Id, TargetRoleName) with
        {
            Trust = account.TargetTrust ?? IdentityDocuments.TargetTrust,
            Policies = administers ? [permissions, IdentityDocuments.OrganizationRead] : [permissions],
        };
    }

    private Role NewRole(string accountId, string name) => new()
    {
        AccountId = accountId,
        Name = name,
        RoleId = "AROA" + new Dice(_estate.Seed, "role", accountId, name).Base32(17),
        Trust = IdentityDocuments.TargetTrust,
        Policies = [],
    };

    private void Add(Role role) => _roles[role.Arn] = role;
}
