using System.Buffers;
using System.Text.Json;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Accounts.Credentials;

/// <summary>One AssumeRole: confined by a session policy, in the caller's name, tagged with caller and tool.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html</remarks>
/// <param name="knocking">The credentials that CentralOps itself runs with.</param>
public sealed class RoleAssumption(AwsClient client, Func<CancellationToken, ValueTask<AwsCredentials>> knocking, BrokerOptions options, TimeProvider time)
{
    private static readonly AwsFailure Incomplete =
        new("sts", "AssumeRole", FailureKind.Server, "IncompleteAnswer", "The answer holds no credentials", null, 200);

    public async Task<SessionGrant> AssumeAsync(SessionKey key, CancellationToken cancellationToken)
    {
        var credentials = await knocking(cancellationToken);
        var operation = ModelLibrary.Operation("sts", "AssumeRole");
        var call = new AwsCall(operation, new AwsInput(Input(key)), options.Region.ToString(), credentials);
        var output = new ArrayBufferWriter<byte>(2048);
        var answer = await client.CallAsync(call, new Transcription(output), cancellationToken);
        if (answer.Failure is { } failure)
        {
            var refusal = FailureStages.OfAssumeRole(
                failure, key.Account, key.RoleArn, options.Region, key.Tool, withExternalId: options.ExternalId is not null);
            return new SessionGrant(null, refusal);
        }

        return Read(output.WrittenMemory) is { } session
            ? new SessionGrant(session, null)
            : new SessionGrant(null, new Refusal.ServiceFailed(Incomplete with { RequestId = answer.RequestId }));
    }

    private byte[] Input(SessionKey key)
    {
        var identity = SessionIdentity.Of(key.Caller);
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("RoleArn"u8, key.RoleArn);
            json.WriteString("RoleSessionName"u8, identity);
            json.WriteString("SourceIdentity"u8, identity);
            json.WriteNumber("DurationSeconds"u8, (int)options.SessionDuration.TotalSeconds);
            json.WriteString("Policy"u8, key.Policy);
            if (options.ExternalId is { } externalId)
            {
                json.WriteString("ExternalId"u8, externalId);
            }

            json.WriteStartArray("Tags"u8);
            WriteTag(json, "centralops:caller", identity);
            WriteTag(json, "centralops:tool", key.Tool);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteTag(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("Key"u8, key);
        json.WriteString("Value"u8, value);
        json.WriteEndObject();
    }

    /// <summary>Null where the answer lacks what a session needs.</summary>
    private AccountSession? Read(ReadOnlyMemory<byte> json)
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
        return new AccountSession(new AwsCredentials(id, secret, token, until), now, until, packed);
    }

    private static DateTimeOffset ReadTime(JsonElement time) =>
        time.ValueKind == JsonValueKind.Number ? DateTimeOffset.UnixEpoch.AddSeconds(time.GetDouble()) : time.GetDateTimeOffset();

    private static string? Text(JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
