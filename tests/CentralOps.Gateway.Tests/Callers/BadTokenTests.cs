using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Callers;

/// <summary>One gateway that demands everything there is to demand, and every way to fall short of it.</summary>
public sealed class BadTokenTests : IAsyncLifetime
{
    private static readonly TestKey Rsa = TestKey.New("RS256");
    private static readonly TestKey RsaToo = TestKey.New("RS256", "rs256-too");
    private static readonly TestKey Curve = TestKey.New("ES256");
    private static readonly TestKey Wide = TestKey.New("ES384");
    private static readonly TestKey Encryption = TestKey.New("RS256", "for-encryption", declare: false);
    private static readonly TestKey Short = TestKey.New("RS256", "short", rsaBits: 1024);
    private static readonly TestKey Attacker = TestKey.New("RS256");
    private static readonly TestKey AttackerCurve = TestKey.New("ES256");

    private readonly ManualTime _time = new();
    private TestIssuer _issuer = null!;
    private JwtGateway _gateway = null!;

    public async Task InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync(Rsa, RsaToo, Curve, Wide, Short);
        _issuer.Others.Add(Encryption.Public("enc"));
        _issuer.Others.Add("""{"kty":"oct","kid":"shared","alg":"HS256","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA"}""");
        _issuer.Others.Add("""{"kty":"RSA","kid":"broken","n":"!!!","e":"AQAB"}""");
        _gateway = await JwtGateway.StartAsync(_issuer, _time, static jwt => jwt with
        {
            AllowedAudience = ["central-ops"],
            AllowedClients = ["agent"],
            AllowedScopes = ["ops.read", "ops.admin"],
            AdvertisedScopes = new Dictionary<string, string>(StringComparer.Ordinal) { ["ops.read"] = "api/ops.read" },
            CustomClaims = [new ClaimRule.EqualTo("department", "ops"), new ClaimRule.Containing("teams", "a"), new ClaimRule.ContainingAny("projects", ["x", "y"])],
        });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_token_is_refused_with_the_challenge_that_fits(string name)
    {
        var (make, words) = Cases[name];
        var token = make(this);

        var answer = await _gateway.CallAsync(token);

        ((int)answer.Status).ShouldBe(401, answer.Body);
        answer.Code.ShouldBe(-32001);
        answer.Id.ShouldBe("null");
        answer.Message.ShouldStartWith("Authentication error - Invalid Bearer token: it ");
        answer.Challenge.ShouldBe(
            $"Bearer error=\"invalid_token\", error_description=\"The token {words}\", resource_metadata=\"{Metadata}\", scope=\"api/ops.read ops.admin\"");
        answer.Body.ShouldNotContain(token);
        _gateway.Callers.ShouldBeEmpty();
        _gateway.Logs.Lines.ShouldAllBe(line => !line.Text.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public void There_are_enough_of_them() => Cases.Count.ShouldBeGreaterThan(60);

    [Theory]
    [InlineData(null)]
    [InlineData("openid")]
    [InlineData("ops.read2 ops.rea OPS.READ")]
    public async Task A_good_token_without_a_scope_that_counts_is_403_and_told_which(string? scope)
    {
        var claims = Claims();
        claims["scope"] = scope;

        var answer = await _gateway.CallAsync(Rsa.Token(claims));

        ((int)answer.Status).ShouldBe(403, answer.Body);
        answer.Code.ShouldBe(-32002);
        answer.Challenge.ShouldBe(
            "Bearer error=\"insufficient_scope\", error_description=\"The token has none of the scopes that this gateway admits\", "
            + $"resource_metadata=\"{Metadata}\", scope=\"api/ops.read ops.admin\"");
        _gateway.Callers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"scp":["ops.admin"],"scope":null}""")]
    [InlineData("""{"scp":"x ops.admin","scope":null}""")]
    [InlineData("""{"scope":["ops.read"]}""")]
    [InlineData("""{"aud":["x","central-ops"]}""")]
    [InlineData("""{"projects":["z","x"],"teams":["a"]}""")]
    public async Task A_token_that_has_it_all_is_taken_in_each_of_its_forms(string change)
    {
        var claims = Claims();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            claims[name] = value?.DeepClone();
        }

        (await _gateway.CallAsync(Curve.Token(claims))).Text.ShouldBe("1");
    }

    [Fact]
    public async Task Without_a_credential_the_challenge_says_only_where_to_get_one()
    {
        foreach (var header in new[] { "", "Basic YTpi", "Bearer", "Bearer a b", "Bearer ~\"", "DPoP abc" })
        {
            var answer = await _gateway.Gateway.Http.PostAsync("{", ("Authorization", header));

            ((int)answer.Status).ShouldBe(401, header);
            answer.Challenge.ShouldBe($"Bearer resource_metadata=\"{Metadata}\", scope=\"api/ops.read ops.admin\"", header);
        }
    }

    [Fact]
    public async Task Of_two_credentials_none_is_chosen()
    {
        var good = Rsa.Token(Claims());
        var url = _gateway.Gateway.Url;
        var answer = await RawHttp.SendAsync(
            url,
            $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nAccept: application/json\r\nConnection: close\r\n"
            + $"Authorization: Bearer {good}\r\nAuthorization: Bearer {good}\r\nContent-Length: 2\r\n\r\n{{}}");

        answer.ShouldStartWith("HTTP/1.1 400 ");
        answer.ShouldContain($"WWW-Authenticate: Bearer error=\"invalid_request\", error_description=\"Send one Authorization header\", resource_metadata=\"{Metadata}\"");
        _gateway.Callers.ShouldBeEmpty();
    }

    private string Metadata => $"{_gateway.Gateway.Url.GetLeftPart(UriPartial.Authority)}/.well-known/oauth-protected-resource/{TestGateway.Id}/mcp";

    private JsonObject Claims() => _issuer.Claims(_time.GetUtcNow());

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    private string With(string claim, JsonNode? value)
    {
        var claims = Claims();
        claims[claim] = value;
        return Rsa.Token(claims);
    }

    private string Without(string claim)
    {
        var claims = Claims();
        claims.Remove(claim);
        return Rsa.Token(claims);
    }

    private string Head(Action<JsonObject> change, TestKey? key = null) => (key ?? Rsa).Token(Claims(), change);

    private string Forged(string algorithm, byte[] secret, string kid = "rs256")
    {
        var signed = $"{TestKey.Encode($$"""{"alg":"{{algorithm}}","kid":"{{kid}}","typ":"at+jwt"}""")}.{TestKey.Encode(Claims().ToJsonString())}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        return $"{signed}.{Base64Url.EncodeToString(algorithm.EndsWith("512", StringComparison.Ordinal) ? HMACSHA512.HashData(secret, bytes) : HMACSHA256.HashData(secret, bytes))}";
    }

    private const string NotSigned = "is not a signed JWT of three base64url parts";
    private const string BadAlgorithm = "is not signed with an algorithm that is taken (RS, PS or ES with 256, 384 or 512)";
    private const string BadHeader = "has a header that is not one JSON object with each member once";
    private const string BadType = "is of another type than an access token or JWT";
    private const string UnknownKey = "is signed with a key that its provider does not publish";
    private const string OtherKey = "names a key that does not go with its algorithm";
    private const string BadSignature = "has a signature that does not verify";
    private const string BadClaims = "has claims that are not one JSON object with each member once";
    private const string OtherIssuer = "is of another issuer";
    private const string NoExpiry = "has no usable exp claim";
    private const string BadSubject = "has no sub claim of 1 to 255 printable ASCII characters";
    private const string OtherAudience = "is for another audience (aud)";
    private const string OtherClient = "is of a client that is not admitted (client_id)";
    private const string LacksClaim = "lacks a claim that this gateway demands";

    private static readonly Dictionary<string, (Func<BadTokenTests, string> Make, string Words)> Cases = new(StringComparer.Ordinal)
    {
        ["no dots"] = (_ => "abc", NotSigned),
        ["two parts"] = (_ => "abc.def", NotSigned),
        ["four parts"] = (_ => "a.b.c.d", NotSigned),
        ["five parts: encrypted"] = (_ => "a.b.c.d.e", "is encrypted; send a signed one"),
        ["fifty parts"] = (_ => string.Join('.', Enumerable.Repeat("a", 50)), NotSigned),
        ["empty parts"] = (_ => "..", NotSigned),
        ["no signature"] = (t => Rsa.Token(t.Claims()).Split('.') is [var h, var p, _] ? $"{h}.{p}." : "", NotSigned),
        ["padded base64"] = (t => Rsa.Token(t.Claims()) + "=", NotSigned),
        ["base64 of the other alphabet"] = (t => Rsa.Token(t.Claims()) is var token ? token[..^3] + "+/+" : "", NotSigned),
        ["longer than 16 KB"] = (t => Rsa.Token(t.Claims()) + new string('A', 16 * 1024), "is longer than 16,384 characters"),
        ["alg none"] = (t => t.Head(head => head["alg"] = "none"), BadAlgorithm),
        ["alg None"] = (t => t.Head(head => head["alg"] = "None"), BadAlgorithm),
        ["alg nOnE, unsigned but for a byte"] = (t => $"{TestKey.Encode("""{"alg":"nOnE"}""")}.{TestKey.Encode(t.Claims().ToJsonString())}.AA", BadAlgorithm),
        ["alg in lower case"] = (t => t.Head(head => head["alg"] = "rs256"), BadAlgorithm),
        ["alg missing"] = (t => t.Head(head => head.Remove("alg")), BadAlgorithm),
        ["alg a number"] = (t => t.Head(head => head["alg"] = 256), BadAlgorithm),
        ["alg RS1"] = (t => t.Head(head => head["alg"] = "RS1"), BadAlgorithm),
        ["alg EdDSA, which is not taken"] = (t => t.Head(head => head["alg"] = "EdDSA"), BadAlgorithm),
        ["HS256 with the RSA key's bytes"] = (t => t.Forged("HS256", Rsa.PublicBytes()), BadAlgorithm),
        ["HS256 with the RSA key's PEM"] = (t => t.Forged("HS256", Encoding.ASCII.GetBytes(Rsa.PublicPem())), BadAlgorithm),
        ["HS512 with the RSA key's JWK"] = (t => t.Forged("HS512", Encoding.UTF8.GetBytes(Rsa.Public())), BadAlgorithm),
        ["HS256 with the shared key that is published"] = (t => t.Forged("HS256", Encoding.ASCII.GetBytes("secret-secret-secret-secret-secret"), "shared"), BadAlgorithm),
        ["RS256 with the id of a shared key"] = (t => t.Head(head => head["kid"] = "shared"), UnknownKey),
        ["header not JSON"] = (t => Rsa.Seal("not json", t.Claims().ToJsonString()), BadHeader),
        ["header an array"] = (t => Rsa.Seal("[]", t.Claims().ToJsonString()), BadHeader),
        ["header with two algs"] = (t => Rsa.Seal("""{"alg":"none","alg":"RS256","kid":"rs256"}""", t.Claims().ToJsonString()), BadHeader),
        ["header nested deep"] = (t => Rsa.Seal($$"""{"alg":"RS256","x":{{new string('[', 50)}}{{new string(']', 50)}}}""", t.Claims().ToJsonString()), BadHeader),
        ["kid a number"] = (t => t.Head(head => head["kid"] = 1), BadHeader),
        ["kid empty"] = (t => t.Head(head => head["kid"] = ""), BadHeader),
        ["kid of 257 characters"] = (t => t.Head(head => head["kid"] = new string('k', 257)), BadHeader),
        ["a logout token"] = (t => t.Head(head => head["typ"] = "logout+jwt"), BadType),
        ["a caller context"] = (t => t.Head(head => head["typ"] = "centralops-caller+jwt"), BadType),
        ["typ a number"] = (t => t.Head(head => head["typ"] = 1), BadType),
        ["crit"] = (t => t.Head(head => head["crit"] = new JsonArray("b64")), "demands extensions (crit) that are not known here"),
        ["unknown kid"] = (t => t.Head(head => head["kid"] = "elsewhere"), UnknownKey),
        ["kid that is a path"] = (t => t.Head(head => head["kid"] = "../../dev/null"), UnknownKey),
        ["no kid where two keys fit"] = (t => t.Head(head => head.Remove("kid")), UnknownKey),
        ["kid of an encryption key"] = (t => Encryption.Token(t.Claims()), UnknownKey),
        ["kid of a key of 1,024 bits"] = (t => Short.Token(t.Claims()), UnknownKey),
        ["kid of a key that cannot be read"] = (t => t.Head(head => head["kid"] = "broken"), UnknownKey),
        ["RS256 with the id of an elliptic key"] = (t => t.Head(head => head["kid"] = "es256"), OtherKey),
        ["ES256 with the id of an RSA key"] = (t => t.Head(head => head["kid"] = "rs256", Curve), OtherKey),
        ["ES256 with the id of a P-384 key"] = (t => t.Head(head => head["kid"] = "es384", Curve), OtherKey),
        ["PS256 by a key that is declared for RS256"] = (t => Rsa.Token(t.Claims(), algorithm: "PS256"), OtherKey),
        ["RS512 by a key that is declared for RS256"] = (t => Rsa.Token(t.Claims(), algorithm: "RS512"), OtherKey),
        ["another's key under the same id"] = (t => Attacker.Token(t.Claims()), BadSignature),
        ["another's elliptic key under the same id"] = (t => AttackerCurve.Token(t.Claims()), BadSignature),
        ["another's key, brought along in jwk"] = (t => Attacker.Token(t.Claims(), head => head["jwk"] = JsonNode.Parse(Attacker.Public())), BadSignature),
        ["another's key, pointed to by jku"] = (t => Attacker.Token(t.Claims(), head => head["jku"] = "https://attacker.example/jwks"), BadSignature),
        ["another's key, brought along in x5c"] = (t => Attacker.Token(t.Claims(), head => head["x5c"] = new JsonArray("MIIB")), BadSignature),
        ["a key of the provider under another's id"] = (t => RsaToo.Token(t.Claims(), head => head["kid"] = "rs256"), BadSignature),
        ["claims changed after signing"] = (t => Swap(Rsa.Token(t.Claims()), 1, t.With("sub", "root").Split('.')[1]), BadSignature),
        ["header changed after signing"] = (t => Swap(Rsa.Token(t.Claims()), 0, TestKey.Encode("""{"kid":"rs256","alg":"RS256"}""")), BadSignature),
        ["signature of another token"] = (t => Swap(Rsa.Token(t.Claims()), 2, t.With("sub", "root").Split('.')[2]), BadSignature),
        ["signature cut short"] = (t => Rsa.Token(t.Claims()) is var token ? Swap(token, 2, Base64Url.EncodeToString(Base64Url.DecodeFromChars(token.Split('.')[2]).AsSpan(3))) : "", BadSignature),
        ["signature of zeros (ES256)"] = (t => Swap(Curve.Token(t.Claims()), 2, Base64Url.EncodeToString(new byte[64])), BadSignature),
        ["signature in DER (ES256)"] = (t => Der(Curve.Token(t.Claims())), BadSignature),
        ["claims not JSON"] = (_ => Rsa.Seal("""{"alg":"RS256","kid":"rs256"}""", "{"), BadClaims),
        ["claims an array"] = (_ => Rsa.Seal("""{"alg":"RS256","kid":"rs256"}""", "[]"), BadClaims),
        ["claims with two subjects"] = (t => Rsa.Seal("""{"alg":"RS256","kid":"rs256"}""", t.Claims().ToJsonString()[..^1] + ",\"sub\":\"root\"}"), BadClaims),
        ["iss another"] = (t => t.With("iss", "https://attacker.example"), OtherIssuer),
        ["iss with a slash more"] = (t => t.With("iss", t._issuer.Issuer + "/"), OtherIssuer),
        ["iss in capitals"] = (t => t.With("iss", t._issuer.Issuer.ToUpperInvariant()), OtherIssuer),
        ["iss missing"] = (t => t.Without("iss"), OtherIssuer),
        ["iss a list"] = (t => t.With("iss", new JsonArray(t._issuer.Issuer)), OtherIssuer),
        ["expired"] = (t => t.With("exp", t.Now - 61), "has expired"),
        ["expired long ago"] = (t => t.With("exp", 0), "has expired"),
        ["exp missing"] = (t => t.Without("exp"), NoExpiry),
        ["exp a string"] = (t => t.With("exp", $"{t.Now + 300}"), NoExpiry),
        ["exp negative"] = (t => t.With("exp", -1), NoExpiry),
        ["exp beyond all dates"] = (t => t.With("exp", 1e18), NoExpiry),
        ["exp null"] = (t => t.With("exp", null), NoExpiry),
        ["nbf in the future"] = (t => t.With("nbf", t.Now + 61), "is not valid yet (nbf)"),
        ["nbf a string"] = (t => t.With("nbf", "0"), "is not valid yet (nbf)"),
        ["iat in the future"] = (t => t.With("iat", t.Now + 61), "says that it was issued in the future (iat)"),
        ["iat a list"] = (t => t.With("iat", new JsonArray()), "says that it was issued in the future (iat)"),
        ["sub missing"] = (t => t.Without("sub"), BadSubject),
        ["sub empty"] = (t => t.With("sub", ""), BadSubject),
        ["sub of 256 characters"] = (t => t.With("sub", new string('s', 256)), BadSubject),
        ["sub with a line break"] = (t => t.With("sub", "alice\nroot"), BadSubject),
        ["sub in Cyrillic that looks like Latin"] = (t => t.With("sub", "аlice"), BadSubject),
        ["sub a number"] = (t => t.With("sub", 1), BadSubject),
        ["aud another"] = (t => t.With("aud", "elsewhere"), OtherAudience),
        ["aud a prefix"] = (t => t.With("aud", "central-ops-too"), OtherAudience),
        ["aud missing"] = (t => t.Without("aud"), OtherAudience),
        ["aud a list without ours"] = (t => t.With("aud", new JsonArray("a", "b")), OtherAudience),
        ["aud an object"] = (t => t.With("aud", new JsonObject { ["central-ops"] = true }), OtherAudience),
        ["client another"] = (t => t.With("client_id", "intruder"), OtherClient),
        ["client missing, azp there"] = (t => t.Azp(), OtherClient),
        ["client a list"] = (t => t.With("client_id", new JsonArray("agent")), OtherClient),
        ["claim missing"] = (t => t.Without("department"), LacksClaim),
        ["claim another"] = (t => t.With("department", "Ops"), LacksClaim),
        ["claim a list where a string is demanded"] = (t => t.With("department", new JsonArray("ops")), LacksClaim),
        ["list without the value"] = (t => t.With("teams", new JsonArray("b")), LacksClaim),
        ["a string where a list is demanded"] = (t => t.With("teams", "a"), LacksClaim),
        ["list without any of the values"] = (t => t.With("projects", new JsonArray("z")), LacksClaim),
        ["resource another"] = (t => t.With("resource", "https://elsewhere.example/mcp"), "was made for another resource (RFC 8707)"),
    };

    private string Azp()
    {
        var claims = Claims();
        claims.Remove("client_id");
        claims["azp"] = "agent";
        return Rsa.Token(claims);
    }

    private static string Swap(string token, int part, string value)
    {
        var parts = token.Split('.');
        parts[part] = value;
        return string.Join('.', parts);
    }

    private static string Der(string token) =>
        Swap(token, 2, Base64Url.EncodeToString(Curve.Sign(Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]), "ES256", DSASignatureFormat.Rfc3279DerSequence)));
}
