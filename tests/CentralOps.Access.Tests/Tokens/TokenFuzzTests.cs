using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CentralOps.Access.CallerContext;
using CentralOps.Access.Tokens;

namespace CentralOps.Access.Tests.Tokens;

/// <summary>Whatever is shown as a token, a key set or a caller context: it is judged, nothing is thrown, and nothing that was not signed is taken.</summary>
public sealed class TokenFuzzTests
{
    // './test --long' runs the large form.
    private static readonly int Cases = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is null ? 20_000 : 200_000;

    private const string Issuer = "https://login.example.com";

    private static readonly string[] Fragments =
    [
        ".", "..", "{", "}", "\"", "\\u", "\\ud800", "[", "]", "null", "1e999", "-1", "\0", "é", "🦊", "=", "+", "/", " ", "\"alg\":\"none\"", "\"kid\":\"k\"", "\"iss\":", "\"exp\":1e18", "\"crit\":[]", "AAAA", "eyJ",
    ];

    [Theory]
    [InlineData(7)]
    [InlineData(20261122)]
    public void No_token_that_was_changed_is_taken_and_none_makes_the_judge_fall(int seed)
    {
        var random = new Random(seed);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = Keys(key, "k");
        var clock = new Clock();
        var good = Token(key, """{"alg":"ES256","kid":"k","typ":"JWT"}""", Claims(clock.Now));
        TokenJudge.Judge(good, Issuer, keys, clock.Now, TimeSpan.Zero).Token.ShouldNotBeNull();
        var judged = 0;
        for (var i = 0; i < Cases; i++)
        {
            var token = random.Next(3) switch
            {
                0 => Mutate(random, good),
                1 => Token(key, Mutate(random, """{"alg":"ES256","kid":"k","typ":"JWT"}"""), Claims(clock.Now), sign: random.Next(2) == 0),
                _ => Token(key, """{"alg":"ES256","kid":"k","typ":"JWT"}""", Mutate(random, Claims(clock.Now)), sign: random.Next(2) == 0),
            };

            var verdict = TokenJudge.Judge(token, Issuer, keys, clock.Now, TimeSpan.Zero);

            judged++;
            if (verdict.Token is { } taken)
            {
                // A changed text can still be what was signed: claims of no account, and the header's order and spacing.
                Signed(key, token).ShouldBeTrue($"seed {seed}, case {i}: {token}");
                taken.Issuer.ShouldBe(Issuer);
                taken.Subject.Length.ShouldBeInRange(1, 255);
                _ = (taken.ClientId, taken.Scopes, taken.List("groups"), taken.OneOrMore("aud"));
            }

            TokenWords.Of(verdict.Problem).ShouldNotBeNullOrEmpty();
        }

        judged.ShouldBe(Cases);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20261122)]
    public void No_key_set_makes_the_reader_fall(int seed)
    {
        var random = new Random(seed);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var parameters = rsa.ExportParameters(false);
        var set = Set(key, "k")[..^2] + $$""",{"kty":"RSA","kid":"r","use":"sig","n":"{{Base64Url.EncodeToString(parameters.Modulus)}}","e":"AQAB"}]}""";
        JwkSet.Read(Encoding.UTF8.GetBytes(set))!.Count.ShouldBe(2);
        for (var i = 0; i < Cases / 10; i++)
        {
            if (JwkSet.Read(Encoding.UTF8.GetBytes(Mutate(random, set))) is { } read)
            {
                read.Count.ShouldBeInRange(0, 2);
            }
        }
    }

    [Theory]
    [InlineData(7)]
    [InlineData(20261122)]
    public void No_caller_context_that_was_changed_is_believed(int seed)
    {
        var random = new Random(seed);
        var clock = new Clock();
        using var signer = CallerSigner.New(clock, out var keys);
        var verifier = new CallerVerifier(JwkSet.Read(Encoding.UTF8.GetBytes(keys))!, clock);
        var call = new CallAtHand("g-abcdefghij", "a___b", "1", "{}"u8.ToArray());
        var context = signer.Sign(new("arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/g-abcdefghij", "a___b", CallBinding.OfArguments(call.Arguments)!, CallBinding.OfMessage("1"), new("alice", Callers.CallerKind.Jwt)))!;
        for (var i = 0; i < Cases; i++)
        {
            var changed = Mutate(random, context);
            if (!string.Equals(changed, context, StringComparison.Ordinal))
            {
                verifier.Verify(changed, call).Caller.ShouldBeNull($"seed {seed}, case {i}: {changed}");
            }
        }
    }

    private static string Claims(DateTimeOffset now) =>
        $$"""{"iss":"{{Issuer}}","sub":"alice","aud":["a","b"],"client_id":"c","scope":"x y","groups":["g"],"iat":{{now.ToUnixTimeSeconds()}},"exp":{{now.ToUnixTimeSeconds() + 60}}}""";

    private static string Token(ECDsa key, string header, string payload, bool sign = true)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{signed}.{Base64Url.EncodeToString(sign ? key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256) : new byte[64])}";
    }

    private static bool Signed(ECDsa key, string token)
    {
        var end = token.LastIndexOf('.');
        return key.VerifyData(Encoding.ASCII.GetBytes(token[..end]), Base64Url.DecodeFromChars(token.AsSpan(end + 1)), HashAlgorithmName.SHA256);
    }

    private static JwkSet Keys(ECDsa key, string id) => JwkSet.Read(Encoding.UTF8.GetBytes(Set(key, id)))!;

    private static string Set(ECDsa key, string id)
    {
        var point = key.ExportParameters(false).Q;
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"{{id}}","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}]}""";
    }

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
}
