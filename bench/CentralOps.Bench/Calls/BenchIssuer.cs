using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Bench.Calls;

/// <summary>An OpenID provider with one key: its documents, and a token for an hour.</summary>
internal sealed class BenchIssuer : IAsyncDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;

    private BenchIssuer(WebApplication app) => _app = app;

    public Uri DiscoveryUrl => new(new Uri(_app.Urls.First()), "/.well-known/openid-configuration");

    private string Issuer => _app.Urls.First();

    public static async Task<BenchIssuer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var issuer = new BenchIssuer(builder.Build());
        issuer._app.Run(issuer.AnswerAsync);
        await issuer._app.StartAsync();
        return issuer;
    }

    public string Token()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var text = Encode("""{"alg":"RS256","kid":"bench","typ":"JWT"}""") + "."
            + Encode($$"""{"iss":"{{Issuer}}","sub":"bench","aud":"gateway","client_id":"wrk","scope":"call","iat":{{now}},"exp":{{now + 3600}}}""");
        return text + "." + Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(context.Request.Path.Value is "/jwks"
            ? $$"""{"keys":[{"kty":"RSA","kid":"bench","alg":"RS256","use":"sig","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}]}"""
            : $$"""{"issuer":"{{Issuer}}","jwks_uri":"{{Issuer}}/jwks","authorization_endpoint":"{{Issuer}}/authorize","token_endpoint":"{{Issuer}}/token","response_types_supported":["code"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}""");
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
