using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>An OpenID provider on loopback: its documents are what a test makes of them, and it signs whatever it is told to.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, TestKey> _published = new(StringComparer.Ordinal);

    private TestIssuer(WebApplication app) => _app = app;

    public string Issuer { get; private set; } = "";

    public string DiscoveryUrl => $"{Issuer}/.well-known/openid-configuration";

    /// <summary>How often the key set was read.</summary>
    public int Readings => _readings;

    private int _readings;

    /// <summary>Changes the discovery document before it is sent.</summary>
    public Action<JsonObject>? Discovery { get; set; }

    /// <summary>Answers in place of the provider, when it returns true.</summary>
    public Func<HttpContext, Task<bool>>? Instead { get; set; }

    /// <summary>Keys beside those that it signs with, as JSON.</summary>
    public List<string> Others { get; } = [];

    public static async Task<TestIssuer> StartAsync(params TestKey[] keys)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var issuer = new TestIssuer(builder.Build());
        issuer._app.Run(issuer.AnswerAsync);
        await issuer._app.StartAsync();
        issuer.Issuer = issuer._app.Urls.First();
        foreach (var key in keys)
        {
            issuer.Publish(key);
        }

        return issuer;
    }

    public void Publish(TestKey key) => _published[key.Id] = key;

    public void Withdraw(TestKey key) => _published.TryRemove(key.Id, out _);

    /// <summary>Claims of a good token at this time.</summary>
    public JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Issuer,
        ["sub"] = "alice",
        ["aud"] = "central-ops",
        ["client_id"] = "agent",
        ["scope"] = "openid ops.read",
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.ToUnixTimeSeconds() + 300,
        ["department"] = "ops",
        ["teams"] = new JsonArray("a", "b"),
        ["projects"] = new JsonArray("y"),
        ["groups"] = new JsonArray("sre"),
        ["roles"] = "reader",
    };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (Instead is { } instead && await instead(context))
        {
            return;
        }

        context.Response.ContentType = "application/json";
        if (context.Request.Path == "/jwks")
        {
            Interlocked.Increment(ref _readings);
            await context.Response.WriteAsync($$"""{"keys":[{{string.Join(',', _published.Values.Select(key => key.Public()).Concat(Others))}}]}""");
            return;
        }

        var document = new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = $"{Issuer}/jwks", ["token_endpoint"] = $"{Issuer}/token" };
        Discovery?.Invoke(document);
        await context.Response.WriteAsync(document.ToJsonString());
    }
}

/// <summary>A key that tokens are signed with.</summary>
internal sealed class TestKey
{
    private readonly AsymmetricAlgorithm _key;
    private readonly string _declared;

    private TestKey(string id, string algorithm, AsymmetricAlgorithm key, string? declared)
    {
        (Id, Algorithm, _key) = (id, algorithm, key);
        _declared = declared is null ? "" : $"""
            ,"alg":"{declared}"
            """;
    }

    public string Id { get; }

    public string Algorithm { get; }

    /// <param name="declare">The key set says which algorithm the key is for.</param>
    public static TestKey New(string algorithm, string? id = null, bool declare = true, int rsaBits = 2048)
    {
        AsymmetricAlgorithm key = algorithm switch
        {
            "ES256" => ECDsa.Create(ECCurve.NamedCurves.nistP256),
            "ES384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            "ES512" => ECDsa.Create(ECCurve.NamedCurves.nistP521),
            _ => RSA.Create(rsaBits),
        };
        return new(id ?? algorithm.ToLowerInvariant(), algorithm, key, declare ? algorithm : null);
    }

    public string Public(string use = "sig")
    {
        var head = $"\"kid\":\"{Id}\",\"use\":\"{use}\"{_declared}";
        if (_key is RSA rsa)
        {
            var parameters = rsa.ExportParameters(false);
            return $$"""{"kty":"RSA",{{head}},"n":"{{Base64Url.EncodeToString(parameters.Modulus)}}","e":"{{Base64Url.EncodeToString(parameters.Exponent)}}"}""";
        }

        var point = ((ECDsa)_key).ExportParameters(false);
        var curve = Algorithm switch { "ES256" => "P-256", "ES384" => "P-384", _ => "P-521" };
        return $$"""{"kty":"EC",{{head}},"crv":"{{curve}}","x":"{{Base64Url.EncodeToString(point.Q.X)}}","y":"{{Base64Url.EncodeToString(point.Q.Y)}}"}""";
    }

    /// <summary>What a confused verifier would take for a shared secret.</summary>
    public byte[] PublicBytes() => _key is RSA rsa ? rsa.ExportParameters(false).Modulus! : _key.ExportSubjectPublicKeyInfo();

    public string PublicPem() => _key.ExportSubjectPublicKeyInfoPem();

    public string Token(JsonObject claims, Action<JsonObject>? head = null, string? algorithm = null)
    {
        var header = new JsonObject { ["alg"] = algorithm ?? Algorithm, ["kid"] = Id, ["typ"] = "at+jwt" };
        head?.Invoke(header);
        return Seal(header.ToJsonString(), claims.ToJsonString(), algorithm);
    }

    /// <summary>Signs a header and a payload as they are.</summary>
    public string Seal(string header, string payload, string? algorithm = null)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Sign(Encoding.ASCII.GetBytes(signed), algorithm ?? Algorithm))}";
    }

    public byte[] Sign(byte[] signed, string algorithm, DSASignatureFormat format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
    {
        var hash = algorithm[^3..] switch { "384" => HashAlgorithmName.SHA384, "512" => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 };
        return _key switch
        {
            RSA rsa => rsa.SignData(signed, hash, algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
            ECDsa curve => curve.SignData(signed, hash, format),
            _ => throw new InvalidOperationException(),
        };
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
