using System.Text.Json;

namespace CentralOps.Sandbox.Trail;

/// <summary>
/// An event as CloudTrail writes it. Parameters and answers are left out: what is not there cannot leak.
/// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
/// </summary>
internal static class TrailRecord
{
    public static void Write(Utf8JsonWriter json, TrailEvent call)
    {
        json.WriteStartObject();
        json.WriteString("eventVersion", "1.11");
        WriteIdentity(json, call);
        json.WriteString("eventTime", Seconds(call.Time));
        json.WriteString("eventSource", call.EventSource);
        json.WriteString("eventName", call.Operation);
        json.WriteString("awsRegion", call.Region);
        json.WriteString("sourceIPAddress", call.InvokedBy ?? call.SourceIp);
        json.WriteString("userAgent", call.InvokedBy ?? call.UserAgent);
        if (call.ErrorCode is not null)
        {
            json.WriteString("errorCode", call.ErrorCode);
            json.WriteString("errorMessage", call.ErrorMessage);
        }

        json.WriteNull("requestParameters");
        json.WriteNull("responseElements");
        WriteSessionTags(json, call);
        json.WriteString("requestID", call.RequestId);
        json.WriteString("eventID", $"{call.RequestId[..^12]}{call.Sequence:x12}");
        json.WriteBoolean("readOnly", call.ReadOnly);
        WriteResources(json, call);
        json.WriteString("eventType", "AwsApiCall");
        json.WriteBoolean("managementEvent", value: true);
        json.WriteString("recipientAccountId", call.AccountId ?? call.ResourceAccountId);
        json.WriteString("eventCategory", "Management");
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, TrailEvent call)
    {
        json.WriteStartObject("userIdentity");
        json.WriteString("type", call switch
        {
            { CallerArn: null } => "Unknown",
            { IssuerArn: null } => "IAMUser",
            _ => "AssumedRole",
        });
        json.WriteString("principalId", call.PrincipalId);
        json.WriteString("arn", call.CallerArn);
        json.WriteString("accountId", call.AccountId);
        json.WriteString("accessKeyId", call.AccessKeyId);
        if (call is { CallerArn: { } arn, IssuerArn: null })
        {
            json.WriteString("userName", arn[(arn.LastIndexOf('/') + 1)..]);
        }

        if (call.InvokedBy is not null)
        {
            json.WriteString("invokedBy", call.InvokedBy);
        }

        if (call.IssuerArn is not null)
        {
            WriteSession(json, call, call.IssuerArn);
        }

        json.WriteEndObject();
    }

    private static void WriteSession(Utf8JsonWriter json, TrailEvent call, string issuerArn)
    {
        json.WriteStartObject("sessionContext");
        json.WriteStartObject("sessionIssuer");
        json.WriteString("type", "Role");
        json.WriteString("principalId", call.PrincipalId?.Split(':')[0]);
        json.WriteString("arn", issuerArn);
        json.WriteString("accountId", call.AccountId);
        json.WriteString("userName", issuerArn[(issuerArn.LastIndexOf('/') + 1)..]);
        json.WriteEndObject();
        json.WriteStartObject("attributes");
        if (call.SessionCreatedAt is { } created)
        {
            json.WriteString("creationDate", Seconds(created));
        }

        json.WriteString("mfaAuthenticated", "false");
        json.WriteEndObject();
        if (call.SourceIdentity is not null)
        {
            json.WriteString("sourceIdentity", call.SourceIdentity);
        }

        json.WriteEndObject();
    }

    // Where AWS shows a session's tags differs by service; here they stand in one place.
    private static void WriteSessionTags(Utf8JsonWriter json, TrailEvent call)
    {
        if (call.SessionTags.Count == 0)
        {
            return;
        }

        json.WriteStartObject("additionalEventData");
        json.WriteStartObject("principalTags");
        foreach (var (key, value) in call.SessionTags)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter json, TrailEvent call)
    {
        if (call.Resource is null)
        {
            return;
        }

        json.WriteStartArray("resources");
        json.WriteStartObject();
        json.WriteString("accountId", call.ResourceAccountId);
        json.WriteString("ARN", call.Resource);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
}
