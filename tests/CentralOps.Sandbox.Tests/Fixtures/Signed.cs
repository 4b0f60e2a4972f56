using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Sandbox.Tests.Fixtures;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record Answer(HttpStatusCode Status, string Body, HttpResponseHeaders Headers)
{
    /// <summary>The text of the first XML element of that name.</summary>
    public string Element(string name) => Regex.Match(Body, $"<{name}>([^<]*)</{name}>").Groups[1].Value;
}

/// <summary>Requests signed by hand, for what no well-behaved client sends or shows.</summary>
internal static class Signed
{
    public const string Identity = "Action=GetCallerIdentity&Version=2011-06-15";
    public const string Instances = "Action=DescribeInstances&Version=2016-11-15";

    public static async Task<Answer> SendAsync(
        SandboxServer server, AwsCredentials credentials, string service, string path, string body, string? host = null, string? sent = null,
        string region = "us-east-1", string? target = null, DateTimeOffset? now = null, string method = "POST", string query = "", CancellationToken cancellationToken = default)
    {
        var wire = new WireRequest { Method = method, Path = path, Query = query, Body = Encoding.UTF8.GetBytes(body) };
        wire.Headers.Add("Host", host ?? server.Url.Authority);
        if (target is not null)
        {
            wire.Headers.Add("X-Amz-Target", target);
        }

        SignatureV4.Sign(wire, credentials, new SigningScope(region, service), now ?? DateTimeOffset.UtcNow);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Url, query.Length > 0 ? $"{path}?{query}" : path)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(sent ?? body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", (service, target) switch
        {
            (_, not null) => "application/x-amz-json-1.1",
            ("lambda", _) => "application/json",
            _ => "application/x-www-form-urlencoded",
        });
        foreach (var (name, value) in wire.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), response.Headers);
    }

    public static Task<Answer> AssumeAsync(SandboxServer server, AwsCredentials caller, string accountId, string more = "", DateTimeOffset? now = null) => SendAsync(
        server, caller, "sts", "/", $"Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A{accountId}%3Arole%2FCentralOpsTargetRole&RoleSessionName=alice{more}", now: now);

    /// <summary>The operator's session in an account.</summary>
    public static async Task<AwsCredentials> SessionAsync(SandboxServer server, string accountId, string more = "", DateTimeOffset? now = null)
    {
        var answer = await AssumeAsync(server, server.Operator, accountId, more, now);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        return new AwsCredentials(answer.Element("AccessKeyId"), answer.Element("SecretAccessKey"), answer.Element("SessionToken"));
    }
}
