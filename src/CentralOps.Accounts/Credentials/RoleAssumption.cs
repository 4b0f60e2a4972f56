using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Quotas;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Accounts.Credentials;

/// <summary>A session by AssumeRole: confined by a session policy, in the caller's name, tagged with caller and tool.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html</remarks>
/// <param name="knocking">The credentials that CentralOps itself runs with.</param>
/// <param name="quotas">What keeps calls within AWS's quotas; null where nothing does.</param>
public sealed class RoleAssumption(
    AwsClient client, ICredentialSource knocking, BrokerOptions options, TimeProvider time, CallQuotas? quotas = null) : ISessionMaker
{
    private static readonly AwsFailure Incomplete =
        new("sts", "AssumeRole", FailureKind.Server, "IncompleteAnswer", "The answer holds no credentials", null, 200);

    private readonly AdmittedIdentity _admitted = new(time);

    public async Task<SessionGrant> MakeAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var ids = new List<string>();

        // 1. With all that tells who asks, or with what this role is known to admit.
        var parts = options.Identity == IdentityMode.Off ? IdentityParts.None : _admitted.Of(key.RoleArn);
        var asked = await AskAsync(key, parts, ids, cancellationToken);
        while (asked.Failure is { } denied && parts is not IdentityParts.None)
        {
            // 2. AWS names what it does not admit; without that, once each.
            var refused = parts & Denial.Of(denied).Action switch
            {
                "sts:TagSession" => IdentityParts.SessionTags,
                "sts:SetSourceIdentity" => IdentityParts.SourceIdentity,
                _ => IdentityParts.None,
            };
            if (refused == IdentityParts.None || (refused == IdentityParts.SessionTags && options.Identity == IdentityMode.Require))
            {
                break;
            }

            parts &= ~refused;
            var again = await AskAsync(key, parts, ids, cancellationToken);

            // 3. Who knocks may carry a source identity that cannot be changed; then it goes on to CloudTrail and nothing is missing.
            if (options.Identity == IdentityMode.Require && again.Session is null or { Withheld: not IdentityParts.None })
            {
                break;
            }

            if (again.Session is not null)
            {
                _admitted.Remember(key.RoleArn, parts);
            }

            asked = again;
        }

        var refusal = asked.Failure is { } failure
            ? FailureStages.OfAssumeRole(failure, key.Account, key.RoleArn, options.Region, key.Tool, options.ExternalId is not null)
            : asked.Refusal;
        return new SessionGrant(asked.Session, refusal) { RequestIds = ids };
    }

    private async Task<Asked> AskAsync(SessionKey key, IdentityParts parts, List<string> ids, CancellationToken cancellationToken)
    {
        AwsCredentials credentials;
        try
        {
            credentials = await knocking.GetAsync(cancellationToken);
        }
        catch (CredentialException none)
        {
            return new Asked { Refusal = new Refusal.KnockingCredentialsUnavailable(none.Message, none.Remedy) };
        }

        var input = new AwsInput(AssumeRoleInput.Write(key, options, parts));
        var call = new AwsCall(ModelLibrary.Operation("sts", "AssumeRole"), input, options.Region.ToString(), credentials) { Renewal = knocking, Gate = GateOf(key), Answered = ids.Add };
        var output = new ArrayBufferWriter<byte>(2048);
        var answer = await client.CallAsync(call, new Transcription(output), cancellationToken);
        return answer.Failure is { } failure ? new Asked { Failure = failure }
            : Read(output.WrittenMemory, parts) is { } session ? new Asked { Session = session }
            : new Asked { Failure = Incomplete with { RequestId = answer.RequestId } };
    }

    /// <summary>Whoever assumes a role uses up the quota of the own account, not of the role's. The session may serve many, so it waits on nobody's deadline.</summary>
    private AccountGate? GateOf(SessionKey key) =>
        quotas is null ? null : new AccountGate(quotas, account: "", CallerKey.Of(key.Caller), deadline: null);

    /// <summary>Null where the answer lacks what a session needs.</summary>
    private AccountSession? Read(ReadOnlyMemory<byte> json, IdentityParts parts)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (!root.TryGetProperty("Credentials"u8, out var made)
            || Text(made, "AccessKeyId"u8) is not { } id
            || Text(made, "SecretAccessKey"u8) is not { } secret
            || Text(made, "SessionToken"u8) is not { } token)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var until = made.TryGetProperty("Expiration"u8, out var expiration) ? ReadTime(expiration) : now + options.SessionDuration;
        int? packed = root.TryGetProperty("PackedPolicySize"u8, out var size) && size.TryGetInt32(out var percent) ? percent : null;
        var carried = Text(root, "SourceIdentity"u8) is null ? parts : parts | IdentityParts.SourceIdentity;
        return new AccountSession(new AwsCredentials(id, secret, token, until), now, until, packed) { Withheld = IdentityParts.All & ~carried };
    }

    private static DateTimeOffset ReadTime(JsonElement time) =>
        time.ValueKind == JsonValueKind.Number ? DateTimeOffset.UnixEpoch.AddSeconds(time.GetDouble()) : time.GetDateTimeOffset();

    private static string? Text(JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>What one AssumeRole came to: exactly one of the three.</summary>
    private readonly record struct Asked(AccountSession? Session, AwsFailure? Failure, Refusal? Refusal);
}
