using System.Diagnostics.CodeAnalysis;
using System.Text;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Signing;

/// <summary>An STS request, a server that knows one long-lived and one temporary key, and the verdict.</summary>
internal static class SignedRequests
{
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly SignatureRules Rules = new() { Region = "eu-west-1", Services = ["sts"] };
    public static readonly SigningScope Scope = new("eu-west-1", "sts");
    public static readonly AwsCredentials LongLived = new("AKIDEXAMPLE", Secret);
    public static readonly AwsCredentials Temporary = new("ASIAEXAMPLE", Secret, "the-token");

    public static IAccessKeys Keys { get; } = new BothKeys();

    public static WireRequest Request()
    {
        var request = new WireRequest { Body = Encoding.UTF8.GetBytes("Action=GetCallerIdentity&Version=2011-06-15") };
        request.Headers.Add("Host", "sts.eu-west-1.amazonaws.com");
        request.Headers.Add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        request.Headers.Add("User-Agent", "a proxy may change this");
        return request;
    }

    public static WireRequest Signed(AwsCredentials credentials, SigningScope? scope = null, DateTimeOffset? at = null, string path = "/")
    {
        var request = Request();
        request.Path = path;
        SignatureV4.Sign(request, credentials, scope ?? Scope, at ?? Now);
        return request;
    }

    public static SignatureVerdict Verify(WireRequest request) => SignatureV4.Verify(request, Keys, Now, Rules);

    public static void Refused(WireRequest request, SignatureProblem problem, string code, string message)
    {
        var verdict = Verify(request);
        (verdict.Problem, verdict.Code).ShouldBe((problem, code), verdict.Message);
        verdict.Message.ShouldContain(message, Case.Sensitive);
    }

    public static AccessKey Key(AwsCredentials credentials) =>
        new(credentials.AccessKeyId, Secret, "arn:aws:iam::111111111111:user/operator") { SessionToken = credentials.SessionToken };

    private sealed class BothKeys : IAccessKeys
    {
        public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
        {
            key = accessKeyId switch
            {
                "AKIDEXAMPLE" => Key(LongLived),
                "ASIAEXAMPLE" => Key(Temporary),
                _ => null,
            };
            return key is not null;
        }
    }
}
