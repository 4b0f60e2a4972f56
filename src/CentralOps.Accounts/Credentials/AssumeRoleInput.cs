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
            json.WriteString("Policy"u8, key.Policy);
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

    private static void WriteTag(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("Key"u8, key);
        json.WriteString("Value"u8, value);
        json.WriteEndObject();
    }
}
