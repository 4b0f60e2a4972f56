using System.Buffers;
using System.Text.Json;

namespace CentralOps.Accounts.Credentials;

/// <summary>The input of AssumeRole: the role, its confinement, and who asks.</summary>
internal static class AssumeRoleInput
{
    public static byte[] Write(SessionKey key, BrokerOptions options, IdentityParts parts)
    {
        var identity = SessionIdentity.Of(key.Caller);
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("RoleArn"u8, key.RoleArn);
            json.WriteString("RoleSessionName"u8, identity);
            if (parts.HasFlag(IdentityParts.SourceIdentity))
            {
                json.WriteString("SourceIdentity"u8, identity);
            }

            json.WriteNumber("DurationSeconds"u8, (int)options.SessionDuration.TotalSeconds);
            WritePolicies(json, key);
            if (options.ExternalId is { } externalId)
            {
                json.WriteString("ExternalId"u8, externalId);
            }

            if (parts.HasFlag(IdentityParts.SessionTags))
            {
                json.WriteStartArray("Tags"u8);
                WriteTag(json, "centralops:caller", identity);
                WriteTag(json, "centralops:tool", key.Tool);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>A session that nothing confines is somebody's explicit wish: a tool's is never without a policy.</summary>
    private static void WritePolicies(Utf8JsonWriter json, SessionKey key)
    {
        if (key.Policy.Length > 0)
        {
            json.WriteString("Policy"u8, key.Policy);
        }

        if (key.ManagedPolicies.Length == 0)
        {
            return;
        }

        json.WriteStartArray("PolicyArns"u8);
        foreach (var arn in key.ManagedPolicies.Split(','))
        {
            json.WriteStartObject();
            json.WriteString("arn"u8, arn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTag(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("Key"u8, key);
        json.WriteString("Value"u8, value);
        json.WriteEndObject();
    }
}
