using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralOps.Profiles.Tests;

/// <summary>Everybody who hands out keys, on 127.0.0.1: STS, IAM Identity Center and its OIDC, a container's service, the instance metadata.</summary>
internal sealed class FakeAws : IAsyncDisposable
{
    public const string ContainerToken = "container-secret";

    private readonly WebApplication _app;

    private FakeAws()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public string Url { get; private set; } = "";

    /// <summary>What was asked: the operation, and what shows who asked.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The error that STS answers with; null: keys.</summary>
    public string? StsError { get; set; }

    public bool SsoRefuses { get; set; }

    public static async Task<FakeAws> StartAsync()
    {
        var fake = new FakeAws();
        await fake._app.StartAsync();
        fake.Url = fake._app.Urls.Single();
        return fake;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var form = request.HasFormContentType ? await request.ReadFormAsync() : null;
        var (status, body) = (request.Method, request.Path.Value) switch
        {
            ("POST", "/") when form is not null => Sts(form, request.Headers.Authorization.ToString()),
            ("GET", "/federation/credentials") => Portal(request),
            ("POST", "/token") => Oidc(),
            ("GET", "/container") => Container(request),
            ("PUT", "/latest/api/token") => (200, "metadata-token"),
            ("GET", "/latest/meta-data/iam/security-credentials/" or "/latest/meta-data/iam/security-credentials") => Metadata(request, "the-role"),
            ("GET", "/latest/meta-data/iam/security-credentials/the-role") => Metadata(request, Keys("AKIDINSTANCE", "Token")),
            _ => Unknown(request),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = body.StartsWith('<') ? "text/xml" : body.StartsWith('{') ? "application/json" : "text/plain";
        await context.Response.WriteAsync(body);
    }

    private (int Status, string Body) Sts(IFormCollection form, string authorization)
    {
        var action = form["Action"].ToString();
        var signer = authorization.Contains("Credential=", StringComparison.Ordinal) ? authorization.Split("Credential=")[1].Split('/')[0] : "unsigned";
        Asked.Enqueue($"{action} {form["RoleArn"]} by {signer}{(form["WebIdentityToken"].ToString() is { Length: > 0 } token ? $" with {token}" : "")}");
        if (StsError is not null)
        {
            return (403, $"<ErrorResponse><Error><Type>Sender</Type><Code>{StsError}</Code><Message>User: hunter2 is not authorized</Message></Error><RequestId>r</RequestId></ErrorResponse>");
        }

        var key = action is "AssumeRole" ? "AKIDROLE" : "AKIDWEB";
        return (200, $"""
            <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials><AccessKeyId>{key}</AccessKeyId>
            <SecretAccessKey>secret</SecretAccessKey><SessionToken>session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
            <AssumedRoleUser><Arn>arn:aws:sts::111111111111:assumed-role/r/s</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser>
            </{action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>
            """);
    }

    private (int Status, string Body) Portal(HttpRequest request)
    {
        Asked.Enqueue($"GetRoleCredentials {request.Query["account_id"]} {request.Query["role_name"]} by {request.Headers["x-amz-sso_bearer_token"]}");
        return SsoRefuses
            ? (401, """{"__type":"UnauthorizedException","message":"Session token not found or invalid"}""")
            : (200, """{"roleCredentials":{"accessKeyId":"AKIDSSO","secretAccessKey":"secret","sessionToken":"session","expiration":4070908800000}}""");
    }

    private (int Status, string Body) Oidc()
    {
        Asked.Enqueue("CreateToken");
        return (200, """{"accessToken":"renewed-token","expiresIn":28800,"refreshToken":"another","tokenType":"Bearer"}""");
    }

    private (int Status, string Body) Container(HttpRequest request)
    {
        Asked.Enqueue("container");
        return request.Headers.Authorization.ToString() is ContainerToken ? (200, Keys("AKIDCONTAINER", "Token")) : (401, "{}");
    }

    private (int Status, string Body) Metadata(HttpRequest request, string body)
    {
        Asked.Enqueue($"metadata {request.Path.Value!.Split('/')[^1]}");
        return request.Headers["x-aws-ec2-metadata-token"].ToString() is "metadata-token" ? (200, body) : (401, "");
    }

    private (int Status, string Body) Unknown(HttpRequest request)
    {
        Asked.Enqueue($"{request.Method} {request.Path}");
        return (404, "");
    }

    private static string Keys(string id, string tokenName) =>
        $$"""{"Code":"Success","Type":"AWS-HMAC","LastUpdated":"2026-01-01T00:00:00Z","AccessKeyId":"{{id}}","SecretAccessKey":"secret","{{tokenName}}":"session","Expiration":"2099-01-01T00:00:00Z"}""";
}
