using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Accounts.IdentityCenter;

/// <summary>The access portal of IAM Identity Center: what the person who signed in may use. Its operations are not signed, a token admits to them.</summary>
/// <remarks>https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/Welcome.html. It takes 20 calls a second.</remarks>
/// <param name="region">The region of Identity Center, which is not the one that is asked about.</param>
/// <param name="token">The sign-in's access token, renewed by whoever keeps it; a <see cref="CredentialException"/> where the sign-in is over.</param>
public sealed class AccessPortal(AwsClient client, RegionName region, Func<CancellationToken, ValueTask<string>> token, TimeProvider time)
{
    private const int CallsPerSecond = 20;
    private const int MaxPages = 1000;

    private static readonly Projection Accounts = Projection.Items(
        "accountList", Field.Value("accountId"), Field.Value("accountName"), Field.Value("emailAddress"));

    private static readonly Projection Roles = Projection.Items("roleList", Field.Value("roleName"));

    private readonly Pace _pace = new(CallsPerSecond, time);

    /// <summary>The accounts that the person may enter.</summary>
    public async Task<AccountsRead> ListAccountsAsync(CancellationToken cancellationToken)
    {
        var items = new ArrayBufferWriter<byte>(4096);
        if (await ReadPagesAsync("ListAccounts", account: null, new Transcription(items, Accounts), cancellationToken) is { } refusal)
        {
            return AccountsRead.Refused(refusal);
        }

        var accounts = new List<Account>();
        using var document = JsonDocument.Parse(AsArray(items));
        foreach (var item in document.RootElement.EnumerateArray())
        {
            if (AccountId.TryParse(item.GetProperty("accountId"u8).GetString(), out var id))
            {
                accounts.Add(new Account
                {
                    Id = id,
                    Name = PlainText.Data(item.GetProperty("accountName"u8).GetString() ?? ""),
                    Email = item.GetProperty("emailAddress"u8).GetString() is { } email ? PlainText.Data(email) : null,
                });
            }
        }

        return new AccountsRead(accounts, null);
    }

    /// <summary>Names of the permission sets that the person has in an account.</summary>
    public async Task<PermissionSetsRead> ListPermissionSetsAsync(AccountId account, CancellationToken cancellationToken)
    {
        var items = new ArrayBufferWriter<byte>(1024);
        if (await ReadPagesAsync("ListAccountRoles", account, new Transcription(items, Roles), cancellationToken) is { } refusal)
        {
            return new PermissionSetsRead([], refusal);
        }

        using var document = JsonDocument.Parse(AsArray(items));
        return new PermissionSetsRead([.. document.RootElement.EnumerateArray().Select(static item => item.GetProperty("roleName"u8).GetString() ?? "")], null);
    }

    /// <summary>A session in an account under a permission set. No session policy confines it.</summary>
    public async Task<SessionGrant> GetRoleCredentialsAsync(AccountId account, string permissionSet, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        if (await AskAsync("GetRoleCredentials", account, ("roleName", permissionSet), new Transcription(output), cancellationToken) is { } refusal)
        {
            return new SessionGrant(null, refusal);
        }

        using var document = JsonDocument.Parse(output.WrittenMemory);
        var root = document.RootElement;
        if (!root.TryGetProperty("roleCredentials"u8, out var made)
            || made.TryGetProperty("accessKeyId"u8, out var id) is false
            || made.TryGetProperty("secretAccessKey"u8, out var secret) is false
            || made.TryGetProperty("sessionToken"u8, out var session) is false
            || !made.TryGetProperty("expiration"u8, out var expiration))
        {
            var incomplete = new AwsFailure("sso", "GetRoleCredentials", FailureKind.Server, "IncompleteAnswer", "The answer holds no credentials", null, 200);
            return new SessionGrant(null, new Refusal.ServiceFailed(incomplete));
        }

        var until = DateTimeOffset.FromUnixTimeMilliseconds(expiration.GetInt64());
        return new SessionGrant(new AccountSession(new AwsCredentials(id.GetString()!, secret.GetString()!, session.GetString(), until), time.GetUtcNow(), until, null), null);
    }

    private async Task<Refusal?> ReadPagesAsync(string operation, AccountId? account, Transcription items, CancellationToken cancellationToken)
    {
        string? next = null;
        for (var page = 0; page < MaxPages; page++)
        {
            if (await AskAsync(operation, account, next is null ? null : ("nextToken", next), items, cancellationToken) is { } refusal)
            {
                return refusal;
            }

            if (items.NextToken is null)
            {
                return null;
            }

            if (string.Equals(items.NextToken, next, StringComparison.Ordinal))
            {
                break;
            }

            next = items.NextToken;
        }

        return new Refusal.ServiceFailed(new AwsFailure("sso", operation, FailureKind.Server, "EndlessList", "The list does not come to an end", null, 200));
    }

    private async Task<Refusal?> AskAsync(string name, AccountId? account, (string Member, string Value)? more, Transcription into, CancellationToken cancellationToken)
    {
        string bearer;
        try
        {
            bearer = await token(cancellationToken);
        }
        catch (CredentialException none)
        {
            return new Refusal.KnockingCredentialsUnavailable(none.Message, none.Remedy);
        }

        await _pace.WaitAsync(cancellationToken);
        var call = new AwsCall(ModelLibrary.Operation("sso", name), new AwsInput(Input(bearer, account, more)), region.ToString(), AwsCredentials.Anonymous);
        var answer = await client.CallAsync(call, into, cancellationToken);
        return answer.Failure switch
        {
            null => null,
            { Kind: FailureKind.Network } failure => new Refusal.Unreached(region, failure),
            { Kind: FailureKind.Throttling } failure => new Refusal.ServiceFailed(failure),
            { Code: "UnauthorizedException" } failure => new Refusal.KnockingCredentialsExpired(failure),

            // A permission set that the person does not have there.
            { Code: "ForbiddenException" } failure when account is { } asked => new Refusal.NoPermissionSet(asked, more?.Value ?? "", [], failure.Message),
            { } failure => new Refusal.ServiceFailed(failure),
        };
    }

    private static byte[] Input(string bearer, AccountId? account, (string Member, string Value)? more)
    {
        var output = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("accessToken"u8, bearer);
            if (account is { } id)
            {
                json.WriteString("accountId"u8, id.ToString());
            }

            if (more is var (member, value))
            {
                json.WriteString(member, value);
            }

            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static byte[] AsArray(ArrayBufferWriter<byte> items) => [(byte)'[', .. items.WrittenSpan, (byte)']'];
}

/// <summary>Permission sets by name, or why they could not be read.</summary>
public readonly record struct PermissionSetsRead(IReadOnlyList<string> Names, Refusal? Refusal);
