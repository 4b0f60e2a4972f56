using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Lambda.Urls;

/// <summary>
/// A request as the function gets it: payload format 2.0.
/// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
/// </summary>
internal static class UrlEvent
{
    private static readonly string[] Textual = ["application/json", "application/xml", "application/javascript", "application/x-www-form-urlencoded"];

    public static ReadOnlyMemory<byte> Write(UrlVisit visit, string urlId, string path, string organizationId)
    {
        var request = visit.Request;
        var headers = request.Headers.GroupBy(header => header.Key.ToLowerInvariant(), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => string.Join(',', group.Select(header => header.Value)), StringComparer.Ordinal);
        var bytes = new ArrayBufferWriter<byte>(request.Body.Length + 2048);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("version", "2.0");
            json.WriteString("routeKey", "$default");
            json.WriteString("rawPath", path);
            json.WriteString("rawQueryString", request.Query);
            json.WriteStartObject("headers");
            foreach (var (name, value) in headers.Where(header => header.Key is not "authorization" and not "cookie"))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            WriteContext(json, visit, urlId, path, headers, organizationId);
            WriteBody(json, request, headers);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private static void WriteContext(Utf8JsonWriter json, UrlVisit visit, string urlId, string path, Dictionary<string, string> headers, string organizationId)
    {
        var caller = visit.Caller!;
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", caller.AccountId);
        json.WriteString("apiId", urlId);
        json.WriteNull("authentication");
        WriteIdentity(json, visit, caller, organizationId);
        json.WriteString("domainName", headers.GetValueOrDefault("host"));
        json.WriteString("domainPrefix", urlId);
        json.WriteStartObject("http");
        json.WriteString("method", visit.Request.Method);
        json.WriteString("path", path);
        json.WriteString("protocol", "HTTP/1.1");
        json.WriteString("sourceIp", visit.SourceIp);
        json.WriteString("userAgent", headers.GetValueOrDefault("user-agent"));
        json.WriteEndObject();
        json.WriteString("requestId", visit.RequestId);
        json.WriteString("routeKey", "$default");
        json.WriteString("stage", "$default");
        json.WriteString("time", visit.Now.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture));
        json.WriteNumber("timeEpoch", visit.Now.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, UrlVisit visit, Principal caller, string organizationId)
    {
        json.WriteStartObject("authorizer");
        json.WriteStartObject("iam");
        json.WriteString("accessKey", visit.Verdict.Key!.Id);
        json.WriteString("accountId", caller.AccountId);
        json.WriteString("callerId", caller.UserId);
        json.WriteNull("cognitoIdentity");
        json.WriteString("principalOrgId", organizationId);
        json.WriteString("userArn", caller.Arn);
        json.WriteString("userId", caller.UserId);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, WireRequest request, Dictionary<string, string> headers)
    {
        if (request.Body.IsEmpty)
        {
            json.WriteBoolean("isBase64Encoded", value: false);
            return;
        }

        var type = headers.GetValueOrDefault("content-type", "").Split(';')[0].Trim();
        var isText = (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || Textual.Contains(type, StringComparer.OrdinalIgnoreCase))
            && System.Text.Unicode.Utf8.IsValid(request.Body.Span);
        json.WriteString("body", isText ? Encoding.UTF8.GetString(request.Body.Span) : Convert.ToBase64String(request.Body.Span));
        json.WriteBoolean("isBase64Encoded", !isText);
    }
}
