using System.Text;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace CentralOps.Aws.Tests.Signing;

/// <summary>A signature protects every bit of what it covers.</summary>
public sealed class TamperingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly AwsCredentials Credentials = new("ASIAEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "c2Vzc2lvbg/token+1==");
    private static readonly OneKey Keys = new(
        new AccessKey(Credentials.AccessKeyId, Credentials.SecretAccessKey, "arn:aws:sts::111111111111:assumed-role/r/s") { SessionToken = Credentials.SessionToken });

    private static readonly Gen<string> Word =
        from length in Gen.Choose(1, 8)
        from letters in Gen.ArrayOf(Gen.Elements("abcnoqXYZ0189-_~ %/+=&é✓".EnumerateRunes().ToArray()), length)
        select string.Concat(letters);

    private static readonly Gen<Case> Cases =
        from method in Gen.Elements("GET", "POST", "PUT")
        from service in Gen.Elements("lambda", "s3")
        from presigned in Gen.Elements(true, false)
        from segments in Word.ListOf().Resize(4)
        from query in Gen.Zip(Word, Word).ListOf().Resize(4)
        from header in Word
        from body in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Resize(40)
        from place in Gen.Choose(0, 1_000_000)
        from bit in Gen.Choose(0, 6)
        select new Case(method, service, presigned, [.. segments], [.. query], header, body, place, bit);

    [Fact]
    public void What_was_signed_is_accepted() =>
        Prop.ForAll(Cases.ToArbitrary(), given => Verify(given.Signed()).Accepted).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_flipped_bit_anywhere_is_refused() =>
        Prop.ForAll(Cases.ToArbitrary(), given => IsRefusedOrTheSame(given)).Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Every_single_bit_of_one_request_is_protected()
    {
        var given = new Case("POST", "lambda", false, ["a", "b c"], [("k", "v w")], "steer", [1, 2, 3], 0, 0);
        var bits = new Tampering(given.Signed()).Length * 7;
        bits.ShouldBeGreaterThan(2000);
        for (var at = 0; at < bits; at++)
        {
            IsRefusedOrTheSame(given with { Place = at / 7, Bit = at % 7 }).ShouldBeTrue($"bit {at % 7} of place {at / 7}");
        }
    }

    private static bool IsRefusedOrTheSame(Case given)
    {
        var original = given.Signed();
        var tampered = given.Signed();
        new Tampering(tampered).Flip(given.Place, given.Bit);
        // %2f and %2F are one query to every server, and to S3 one path; nothing else may pass.
        var held = !Verify(tampered).Accepted
            || SameToAServer(original.Query, tampered.Query)
            || (given.Service == "s3" && SameToAServer(original.Path, tampered.Path));
        return held ? true : throw new Xunit.Sdk.XunitException($"Accepted, though not what was signed:\n{SignatureVector.Print(original)}\n{SignatureVector.Print(tampered)}");
    }

    private static bool SameToAServer(string original, string tampered) =>
        !string.Equals(original, tampered, StringComparison.Ordinal)
        && string.Equals(Uri.UnescapeDataString(original), Uri.UnescapeDataString(tampered), StringComparison.Ordinal);

    private static SignatureVerdict Verify(WireRequest request) => SignatureV4.Verify(request, Keys, Now, new SignatureRules { Region = "eu-west-1" });

    private sealed record Case(
        string Method, string Service, bool Presigned, string[] Segments, (string Name, string Value)[] Parameters, string Header, byte[] Body, int Place, int Bit)
    {
        public WireRequest Signed()
        {
            var request = new WireRequest
            {
                Method = Method,
                Path = "/" + string.Join('/', Segments.Select(Uri.EscapeDataString)),
                Query = string.Join('&', Parameters.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}")),
                // A presigned S3 request does not cover its body, by S3's own rule.
                Body = Presigned && Service == "s3" ? default : Body.ToArray(),
            };
            request.Headers.Add("Host", "lambda.eu-west-1.amazonaws.com");
            request.Headers.Add("X-Steering", Header);
            var scope = new SigningScope("eu-west-1", Service);
            if (Presigned)
            {
                SignatureV4.Presign(request, Credentials, scope, Now, TimeSpan.FromHours(1));
            }
            else
            {
                SignatureV4.Sign(request, Credentials, scope, Now);
            }

            return request;
        }
    }

    /// <summary>All bytes of a request that a signature covers, as one row.</summary>
    private sealed class Tampering(WireRequest request)
    {
        private int HeadersLength => request.Headers.Sum(header => header.Value.Length);

        public int Length => request.Method.Length + request.Path.Length + request.Query.Length + HeadersLength + request.Body.Length;

        public void Flip(int place, int bit)
        {
            place %= Length;
            if (place < request.Method.Length)
            {
                request.Method = Flip(request.Method, place, bit);
                return;
            }

            place -= request.Method.Length;
            if (place < request.Path.Length)
            {
                request.Path = Flip(request.Path, place, bit);
                return;
            }

            place -= request.Path.Length;
            if (place < request.Query.Length)
            {
                request.Query = Flip(request.Query, place, bit);
                return;
            }

            place -= request.Query.Length;
            foreach (var (name, value) in request.Headers.ToList())
            {
                if (place < value.Length)
                {
                    request.Headers.Set(name, Flip(value, place, bit));
                    return;
                }

                place -= value.Length;
            }

            var body = request.Body.ToArray();
            body[place] ^= (byte)(1 << bit);
            request.Body = body;
        }

        private static string Flip(string text, int place, int bit) =>
            new StringBuilder(text) { [place] = (char)(text[place] ^ (1 << bit)) }.ToString();
    }
}
