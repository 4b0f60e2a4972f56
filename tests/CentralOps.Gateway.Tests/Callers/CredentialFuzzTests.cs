using System.Diagnostics.CodeAnalysis;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Gateway.Callers;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Tests.Callers;

/// <summary>Every kind of credential, changed at random: it is refused in a documented way, nothing is thrown, and nobody gets in.</summary>
public sealed class CredentialFuzzTests : IAccessKeys
{
    // './test --long' runs the large form.
    private static readonly int Cases = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is null ? 5_000 : 200_000;

    private static readonly AwsCredentials Operator = new("AKIAOPERATOR00000000", "operator-secret");
    private static readonly Uri Sts = new("http://127.0.0.1:1");

    private static readonly string[] Fragments =
    [
        "Bearer ", "AWS4-HMAC-SHA256 ", "AWS4-", "central-ops-aws-v1.", ".", "..", "=", ",", "/", "%00", "%", "%zz", "&", "Credential=", "SignedHeaders=", "Signature=", "X-Amz-Algorithm=", "eyJ", "AAAA", "\t", "é", "\"", "\\",
        "aws4_request", "99999999999999999999", "20261122T080000Z",
    ];

    [Theory]
    [InlineData(7)]
    [InlineData(20261122)]
    public async Task No_changed_credential_lets_anybody_in_and_none_makes_the_gateway_fall(int seed)
    {
        var (random, time, key) = (new Random(seed), new ManualTime(), TestKey.New("ES256"));
        await using var issuer = await TestIssuer.StartAsync(key);
        var config = TestGateway.Config() with { Authorizer = GatewayAuthorizer.CustomJwt, AlsoAdmits = [GatewayAuthorizer.AwsIam], CustomJwt = new() { DiscoveryUrl = issuer.DiscoveryUrl } };
        var callers = new CallersFactory(TestGateway.Options(config) with
        {
            Time = time,
            Keys = this,
            Discovery = new HttpMessageInvoker(CentralOps.Aws.Calls.AwsHttp.CreateHandler()),
            AwsIdentities = new AwsIdentityOptions { StsEndpoint = Sts, AdmitsAccount = (_, _) => new(true), Http = new HttpMessageInvoker(new Refusing()) },
        }).Of(config);
        var good = new[] { Signed(time), Presigned(time), Bearing(key.Token(issuer.Claims(time.GetUtcNow()))), Bearing(PresignedIdentity.Create(Operator, Sts, "us-east-1", TestGateway.Id, time.GetUtcNow(), TimeSpan.FromMinutes(5))) };
        (await AdmitAsync(callers, good[0])).Caller.ShouldNotBeNull();
        (await AdmitAsync(callers, good[1])).Caller.ShouldNotBeNull();
        (await AdmitAsync(callers, good[2])).Caller.ShouldNotBeNull();
        for (var i = 0; i < Cases; i++)
        {
            var changed = Change(random, good[random.Next(good.Length)], out var isChanged);

            var admission = await AdmitAsync(callers, changed);

            var told = $"seed {seed}, case {i}: {changed}";
            (admission.Caller is null).ShouldBe(admission.Refusal is not null, told);
            if (!isChanged)
            {
                continue;
            }

            // White space around a token and the case of its scheme are no change of it.
            (admission.Caller is null || Same(changed, good)).ShouldBeTrue(told);
            if (admission.Refusal is { } refusal)
            {
                refusal.Status.ShouldBeOneOf([400, 401, 403, 429], told);
                (refusal.Challenge ?? "").ShouldAllBe(c => c >= ' ' && c <= '~', told);
                refusal.Message.ShouldAllBe(c => !char.IsControl(c), told);
            }
        }
    }

    public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
    {
        key = accessKeyId == Operator.AccessKeyId ? new AccessKey(accessKeyId, Operator.SecretAccessKey, "arn:aws:iam::111111111111:user/operator") : null;
        return key is not null;
    }

    private static ValueTask<Admission> AdmitAsync(ICallers callers, Credential credential)
    {
        var request = new HttpRequestFeature { Method = "POST", Path = "/x/mcp", RawTarget = "/x/mcp" + (credential.Query.Length > 0 ? "?" + credential.Query : ""), QueryString = credential.Query.Length > 0 ? "?" + credential.Query : "" };
        request.Headers = new HeaderDictionary { ["Host"] = "localhost", ["Authorization"] = credential.Authorization.Length > 0 ? credential.Authorization : default(Microsoft.Extensions.Primitives.StringValues) };
        if (credential.Date.Length > 0)
        {
            request.Headers["X-Amz-Date"] = credential.Date;
        }

        return callers.AdmitAsync(request, "{}"u8.ToArray(), CancellationToken.None);
    }

    private static Credential Bearing(string token) => new($"Bearer {token}", "", "");

    private static Credential Signed(ManualTime time)
    {
        var wire = Request();
        SignatureV4.Sign(wire, Operator, new SigningScope("us-east-1", "bedrock-agentcore"), time.GetUtcNow());
        wire.Headers.TryGet("Authorization", out var authorization);
        wire.Headers.TryGet("X-Amz-Date", out var date);
        return new(authorization!, "", date!);
    }

    private static Credential Presigned(ManualTime time)
    {
        var wire = Request();
        SignatureV4.Presign(wire, Operator, new SigningScope("us-east-1", "bedrock-agentcore"), time.GetUtcNow(), TimeSpan.FromMinutes(5));
        return new("", wire.Query, "");
    }

    private static WireRequest Request()
    {
        var wire = new WireRequest { Method = "POST", Path = "/x/mcp", Body = "{}"u8.ToArray() };
        wire.Headers.Add("Host", "localhost");
        return wire;
    }

    private static Credential Change(Random random, Credential credential, out bool isChanged)
    {
        var changed = random.Next(6) switch
        {
            0 when credential.Date.Length > 0 => credential with { Date = Mutate(random, credential.Date) },
            1 => credential with { Query = Mutate(random, credential.Query) },
            _ when credential.Authorization.Length > 0 => credential with { Authorization = Mutate(random, credential.Authorization) },
            _ => credential with { Query = Mutate(random, credential.Query) },
        };
        isChanged = changed != credential;
        return changed;
    }

    private static bool Same(Credential changed, Credential[] good) => good.Any(one =>
        string.Equals(Normal(one.Authorization), Normal(changed.Authorization), StringComparison.OrdinalIgnoreCase) || changed.Authorization.Length == 0);

    private static string Normal(string header) => header.Replace(" ", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);

    private static string Mutate(Random random, string text)
    {
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var at = random.Next(text.Length + 1);
            var until = Math.Min(text.Length, at + random.Next(8));
            text = random.Next(4) switch
            {
                0 => text[..at] + text[until..],
                1 => text[..at] + Fragments[random.Next(Fragments.Length)] + text[at..],
                2 => text[..at] + Fragments[random.Next(Fragments.Length)] + text[until..],
                _ => text[..at] + (char)random.Next(0x20, 0x7f) + text[Math.Min(text.Length, at + 1)..],
            };
        }

        return text;
    }

    private sealed record Credential(string Authorization, string Query, string Date);

    /// <summary>An STS that knows nobody.</summary>
    private sealed class Refusing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.Forbidden));
    }
}
