using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Sso;

/// <summary>
/// What a signed-in person may use, asked with the access token instead of a signature.
/// https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference
/// </summary>
internal abstract class PortalOperation(SsoStore store) : Operation
{
    public sealed override string? Action => null;

    public sealed override bool IsUnsigned => true;

    public sealed override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) => new(
        store.UserOf("access", call.Text("accessToken")) is { } user
            ? Answer(call, user)
            : new ServiceError("UnauthorizedException", "Session token not found or invalid", 401));

    protected abstract OperationAnswer Answer(OperationCall call, SsoUser user);

    protected static PageRules Pages { get; } = new()
    {
        Limit = "maxResults",
        Token = "nextToken",
        Default = 100,
        Max = 100,
        BadLimit = static _ => new("InvalidRequestException", "maxResults must be between 1 and 100"),
        BadToken = new("InvalidRequestException", "The nextToken is not one that this operation gave."),
    };
}

internal sealed class ListAccounts(Estate estate, SsoStore store, PageTokens tokens) : PortalOperation(store)
{
    public override string Name => "ListAccounts";

    protected override OperationAnswer Answer(OperationCall call, SsoUser user)
    {
        var accounts = user.Assignments.Select(assignment => assignment.AccountId).Distinct(StringComparer.Ordinal)
            .Select(id => estate.TryFindAccount(id, out var account) ? account : null)
            .OfType<Account>().Where(account => account.Status == AccountStatus.Active).ToArray();
        var (page, error) = Page<Account>.Of(call, Pages, $"sso/{Name}/{user.Name}", accounts, tokens);
        return page is null
            ? error!
            : new JsonObject
            {
                ["accountList"] = JsonList.Of(page.Items, static account => new JsonObject { ["accountId"] = account.Id, ["accountName"] = account.Name, ["emailAddress"] = account.Email }),
                ["nextToken"] = page.Next,
            };
    }
}

internal sealed class ListAccountRoles(SsoStore store, PageTokens tokens) : PortalOperation(store)
{
    public override string Name => "ListAccountRoles";

    protected override OperationAnswer Answer(OperationCall call, SsoUser user)
    {
        var account = call.Text("accountId");
        var sets = user.Assignments.Where(assignment => string.Equals(assignment.AccountId, account, StringComparison.Ordinal)).Select(assignment => assignment.PermissionSet).ToArray();
        if (sets.Length == 0)
        {
            return new ServiceError("ForbiddenException", "No access", 403);
        }

        var (page, error) = Page<string>.Of(call, Pages, $"sso/{Name}/{user.Name}/{account}", sets, tokens);
        return page is null
            ? error!
            : new JsonObject
            {
                ["roleList"] = JsonList.Of(page.Items, set => new JsonObject { ["roleName"] = set, ["accountId"] = account }),
                ["nextToken"] = page.Next,
            };
    }
}

/// <summary>Keys of the role that a permission set is in an account; the session has the person's name.</summary>
internal sealed class GetRoleCredentials(Estate estate, SsoStore store, AccessKeyStore keys) : PortalOperation(store)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    public override string Name => "GetRoleCredentials";

    protected override OperationAnswer Answer(OperationCall call, SsoUser user)
    {
        var assignment = new SsoAssignment(call.Text("accountId") ?? "", call.Text("roleName") ?? "");
        if (!user.Assignments.Contains(assignment) || !estate.TryFindAccount(assignment.AccountId, out var account) || account.Status != AccountStatus.Active)
        {
            return new ServiceError("ForbiddenException", "No access", 403);
        }

        var session = PermissionSets.RoleOf(estate, assignment.AccountId, assignment.PermissionSet).Session(user.Name) with { IssuedAt = call.Now };
        var credentials = keys.IssueSession(session, Lifetime);
        return new JsonObject
        {
            ["roleCredentials"] = new JsonObject
            {
                ["accessKeyId"] = credentials.AccessKeyId,
                ["secretAccessKey"] = credentials.SecretAccessKey,
                ["sessionToken"] = credentials.SessionToken,
                ["expiration"] = credentials.Expiration!.Value.ToUnixTimeMilliseconds(),
            },
        };
    }
}

internal sealed class Logout(SsoStore store) : PortalOperation(store)
{
    private readonly SsoStore _store = store;

    public override string Name => "Logout";

    protected override OperationAnswer Answer(OperationCall call, SsoUser user)
    {
        _store.Forget(call.Text("accessToken")!);
        return new JsonObject();
    }
}
