using System.Security.Cryptography;
using System.Text;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Bench.Wire;

/// <summary>Signing a small request, against the bare SHA-256 and HMAC work over the same bytes with the key at hand.</summary>
internal static class SigningBench
{
    private const int Rounds = 20_000;

    private static readonly byte[] Body = "Action=DescribeInstances&Version=2016-11-15&MaxResults=1000"u8.ToArray();

    public static int Run(int pairs)
    {
        var now = new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
        var credentials = new AwsCredentials("ASIABENCHBENCHBENCHB", "bench0123456789bench0123456789bench01234", new string('t', 400));
        var scope = new SigningScope("us-east-1", "ec2");
        var signed = Request();
        SignatureV4.Sign(signed, credentials, scope, now);
        var canonical = Encoding.UTF8.GetBytes(
            "POST\n/\n\n" + string.Concat(Canonical(signed).Select(header => $"{header.Key.ToLowerInvariant()}:{header.Value}\n"))
            + "\ncontent-type;host;x-amz-date;x-amz-security-token\n" + Convert.ToHexStringLower(SHA256.HashData(Body)));
        var toSign = Encoding.UTF8.GetBytes("AWS4-HMAC-SHA256\n20261101T120000Z\n20261101/us-east-1/ec2/aws4_request\n" + new string('0', 64));
        var key = RandomNumberGenerator.GetBytes(32);
        var requests = new WireRequest[Rounds];
        Pairs.Run(
            $"sign {Rounds:N0} requests of {Body.Length} bytes",
            pairs,
            () =>
            {
                for (var i = 0; i < Rounds; i++)
                {
                    SignatureV4.Sign(requests[i] ??= Request(), credentials, scope, now);
                }
            },
            () =>
            {
                Span<byte> hash = stackalloc byte[32];
                for (var i = 0; i < Rounds; i++)
                {
                    SHA256.HashData(Body, hash);
                    SHA256.HashData(canonical, hash);
                    HMACSHA256.HashData(key, toSign, hash);
                }
            });
        return 0;
    }

    private static WireRequest Request()
    {
        var request = new WireRequest { Body = Body };
        request.Headers.Add("Host", "ec2.us-east-1.amazonaws.com");
        request.Headers.Add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        return request;
    }

    private static IEnumerable<KeyValuePair<string, string>> Canonical(WireRequest request) =>
        request.Headers.Where(header => header.Key is not "Authorization").OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase);
}
