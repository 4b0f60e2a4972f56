using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Iam;

internal sealed class GetRole(IamRoles roles) : Operation
{
    private static readonly DateTimeOffset CreatedAt = new(2024, 1, 8, 9, 0, 0, TimeSpan.Zero);

    public override string Name => "GetRole";

    public override string Action => "iam:GetRole";

    public override string Resource(OperationCall call) => roles.Find(call.Caller.AccountId, call.Text("RoleName"))?.Arn ?? $"arn:aws:iam::{call.Caller.AccountId}:role/{call.Text("RoleName")}";

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(
        roles.Find(call.Caller.AccountId, call.Text("RoleName")) is { } role
            ? new JsonObject { ["Role"] = Shape(role) }
            : new ServiceError("NoSuchEntity", $"The role with name {call.Text("RoleName")} cannot be found.", 404));

    private static JsonObject Shape(Role role) => new()
    {
        ["Path"] = role.Path,
        ["RoleName"] = role.Name,
        ["RoleId"] = role.RoleId,
        ["Arn"] = role.Arn,
        ["CreateDate"] = CreatedAt.UtcDateTime,
        // IAM sends documents percent-encoded; SDKs know it.
        ["AssumeRolePolicyDocument"] = Uri.EscapeDataString(role.Trust.Text),
        ["MaxSessionDuration"] = (int)role.MaxSessionDuration.TotalSeconds,
        ["Description"] = role.Name is IdentityDirectory.TargetRoleName ? "CentralOps' way in" : "",
        ["RoleLastUsed"] = new JsonObject(),
    };
}

/// <summary>Roles by account and name, whatever their path.</summary>
internal sealed class IamRoles(Estate estate, IdentityDirectory directory)
{
    public Role? Find(string accountId, string? name) => directory.TryFindRole($"arn:aws:iam::{accountId}:role/{name}", out var role)
        ? role
        : Sso.PermissionSets.RolesOf(estate, accountId).FirstOrDefault(role => string.Equals(role.Name, name, StringComparison.Ordinal));
}
