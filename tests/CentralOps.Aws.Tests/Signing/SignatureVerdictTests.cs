using System.Text;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Signing;

public sealed class SignatureVerdictTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly SignatureRules Rules = new() { Region = "eu-west-1", Services = ["sts"] };
    private static readonly AwsCredentials LongLived = new("AKIDEXAMPLE", Secret);
    private static readonly AwsCredentials Temporary = new("ASIAEXAMPLE", Secret, "the-token");

    [Fact]
    public void A_signed_request_is_accepted_with_its_key_region_and_service()
    {
        var verdict = Verify(Signed(LongLived));

        verdict.Accepted.ShouldBeTrue(verdict.Message);
        verdict.Key!.PrincipalArn.ShouldBe("arn:aws:iam::111111111111:user/operator");
        (verdict.Code, verdict.Message, verdict.Region, verdict.Service).ShouldBe(("", "", "eu-west-1", "sts"));
    }

    [Fact]
    public void A_request_without_a_signature_lacks_an_authentication_token()
    {
        Refused(Request(), SignatureProblem.Missing, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }

    [Theory]
    [InlineData("Credential=AKIDEXAMPLE/20260301/eu-west-1/sts/aws4_request, SignedHeaders=host;x-amz-date", "requires 'Signature' parameter")]
    [InlineData("Credential=AKIDEXAMPLE/20260301/eu-west-1/sts/aws4_request, Signature=00", "requires 'SignedHeaders' parameter")]
    [InlineData("SignedHeaders=host;x-amz-date, Signature=00", "requires 'Credential' parameter")]
    [InlineData("Credential=AKIDEXAMPLE/20260301/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=00", "exactly 5 slash-delimited")]
    [InlineData("Credential=AKIDEXAMPLE/20260301//sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=00", "exactly 5 slash-delimited")]
    [InlineData("Credential=a/b/c/d/e, Credential=a/b/c/d/e, SignedHeaders=host, Signature=00", "each once")]
    [InlineData("Credential=AKIDEXAMPLE/20260301/eu-west-1/sts/aws4_request, SignedHeaders=x-amz-date, Signature=00", "'Host'")]
    [InlineData("Credential=AKIDEXAMPLE/20260301/eu-west-1/sts/aws4_request, SignedHeaders=x-amz-date;host, Signature=00", "sorted")]
    [InlineData("Credential=AKIDEXAMPLE/20260301/eu-west-1/sts/aws4_request, SignedHeaders=host;host;x-amz-date, Signature=00", "sorted")]
    [InlineData("Credential=AKIDEXAMPLE/20260301/eu-west-1/sts/aws4_request, SignedHeaders=Host;x-amz-date, Signature=00", "lower-case")]
    [InlineData("Credential=AKIDEXAMPLE/20260301/eu-west-1/sts/aws4_request, SignedHeaders=, Signature=00", "lower-case")]
    [InlineData("garbage", "each once")]
    [InlineData("", "each once")]
    public void A_signature_that_cannot_be_read_is_incomplete_and_the_message_says_where(string authorization, string message)
    {
        var request = Signed(LongLived);
        request.Headers.Set("Authorization", "AWS4-HMAC-SHA256 " + authorization);

        Refused(request, SignatureProblem.Incomplete, "IncompleteSignature", message);
    }

    [Fact]
    public void Another_kind_of_authorization_is_incomplete()
    {
        var request = Request();
        request.Headers.Set("Authorization", "Bearer abc");

        Refused(request, SignatureProblem.Incomplete, "IncompleteSignature", "AWS4-HMAC-SHA256");
    }

    [Fact]
    public void Two_dates_two_authorizations_and_two_mechanisms_are_incomplete()
    {
        var twoDates = Signed(LongLived);
        twoDates.Headers.Add("x-amz-date", "20260301T120000Z");
        Refused(twoDates, SignatureProblem.Incomplete, "IncompleteSignature", "X-Amz-Date");

        var twoAuthorizations = Signed(LongLived);
        twoAuthorizations.Headers.Add("authorization", twoAuthorizations.Headers.Find("Authorization")!);
        Refused(twoAuthorizations, SignatureProblem.Incomplete, "IncompleteSignature", "each once");

        var twoMechanisms = Signed(LongLived);
        twoMechanisms.Query = "X-Amz-Algorithm=AWS4-HMAC-SHA256";
        Refused(twoMechanisms, SignatureProblem.Incomplete, "IncompleteSignature", "Only one authentication mechanism");
    }

    [Fact]
    public void An_amz_header_that_is_not_signed_is_refused_because_it_would_steer_the_service()
    {
        var request = Signed(LongLived);
        request.Headers.Add("X-Amz-Target", "Service.DeleteEverything");

        Refused(request, SignatureProblem.Incomplete, "IncompleteSignature", "not signed");
    }

    [Fact]
    public void An_unknown_key_and_a_wrong_token_answer_alike()
    {
        var unknown = Verify(Signed(new AwsCredentials("AKIDOTHER", Secret)));
        var wrongToken = Verify(Signed(Temporary with { SessionToken = "other" }));

        unknown.Problem.ShouldBe(SignatureProblem.UnknownKey);
        wrongToken.Problem.ShouldBe(SignatureProblem.TokenMismatch);
        (unknown.Code, unknown.Message).ShouldBe(("InvalidClientTokenId", "The security token included in the request is invalid."));
        (wrongToken.Code, wrongToken.Message).ShouldBe((unknown.Code, unknown.Message));
    }

    [Fact]
    public void A_temporary_key_needs_its_token_and_a_long_lived_key_must_not_have_one()
    {
        Verify(Signed(Temporary)).Accepted.ShouldBeTrue();
        Verify(Signed(Temporary with { SessionToken = null })).Problem.ShouldBe(SignatureProblem.TokenMismatch);
        Verify(Signed(LongLived with { SessionToken = "the-token" })).Problem.ShouldBe(SignatureProblem.TokenMismatch);
    }

    [Fact]
    public void A_token_may_stand_outside_the_signature_but_is_compared_all_the_same()
    {
        var scope = new SigningScope("eu-west-1", "sts") { SignSessionToken = false };
        var request = Request();
        SignatureV4.Sign(request, Temporary, scope, Now);

        Verify(request).Accepted.ShouldBeTrue();
        request.Headers.Set("X-Amz-Security-Token", "another");
        Verify(request).Problem.ShouldBe(SignatureProblem.TokenMismatch);
    }

    [Fact]
    public void An_expired_key_is_named_as_expired()
    {
        var keys = new OneKey(Key(Temporary) with { Expiration = Now.AddSeconds(-1) });

        var verdict = SignatureV4.Verify(Signed(Temporary), keys, Now, Rules);

        (verdict.Problem, verdict.Code, verdict.Message)
            .ShouldBe((SignatureProblem.Expired, "ExpiredToken", "The security token included in the request is expired"));
    }

    [Fact]
    public void A_signature_for_another_region_service_or_day_is_out_of_scope()
    {
        Refused(
            Signed(LongLived, new SigningScope("us-east-1", "sts")), SignatureProblem.WrongScope, "SignatureDoesNotMatch", "valid region, not 'us-east-1'");
        Refused(
            Signed(LongLived, new SigningScope("eu-west-1", "ec2")), SignatureProblem.WrongScope, "SignatureDoesNotMatch", "correct service: 'sts'");

        var otherDay = Signed(LongLived);
        otherDay.Headers.Set("Authorization", otherDay.Headers.Find("Authorization")!.Replace("20260301", "20260228", StringComparison.Ordinal));
        Refused(otherDay, SignatureProblem.WrongScope, "SignatureDoesNotMatch", "'20260228' != '20260301'");
    }

    [Fact]
    public void A_clock_may_be_off_by_five_minutes_and_no_more()
    {
        Verify(Signed(LongLived, at: Now.AddMinutes(-5))).Accepted.ShouldBeTrue();
        Verify(Signed(LongLived, at: Now.AddMinutes(5))).Accepted.ShouldBeTrue();
        Refused(
            Signed(LongLived, at: Now.AddSeconds(-301)), SignatureProblem.Skewed, "SignatureDoesNotMatch",
            "Signature expired: 20260301T115459Z is now earlier than 20260301T115500Z (20260301T120000Z - 5 min.)");
        Refused(
            Signed(LongLived, at: Now.AddSeconds(301)), SignatureProblem.Skewed, "SignatureDoesNotMatch",
            "Signature not yet current: 20260301T120501Z is still later than 20260301T120500Z (20260301T120000Z + 5 min.)");
    }

    [Fact]
    public void A_presigned_request_lives_as_long_as_it_says_and_at_most_seven_days()
    {
        var request = Request();
        SignatureV4.Presign(request, Temporary, new SigningScope("eu-west-1", "sts"), Now, TimeSpan.FromMinutes(30));

        SignatureV4.Verify(request, BothKeys, Now.AddMinutes(30), Rules).Accepted.ShouldBeTrue();
        var late = SignatureV4.Verify(request, BothKeys, Now.AddMinutes(30).AddSeconds(1), Rules);
        (late.Problem, late.Message).ShouldBe((SignatureProblem.Skewed, "Signature expired: 20260301T123000Z is now earlier than 20260301T123001Z"));

        request.Query = request.Query.Replace("X-Amz-Expires=1800", "X-Amz-Expires=604801", StringComparison.Ordinal);
        Refused(request, SignatureProblem.Incomplete, "IncompleteSignature", "from 1 to 604800");
        Should.Throw<ArgumentOutOfRangeException>(
            () => SignatureV4.Presign(Request(), LongLived, new SigningScope("eu-west-1", "sts"), Now, TimeSpan.FromDays(8)));
    }

    [Fact]
    public void A_query_parameter_of_the_signature_that_stands_twice_is_incomplete()
    {
        var request = Request();
        SignatureV4.Presign(request, LongLived, new SigningScope("eu-west-1", "sts"), Now, TimeSpan.FromMinutes(30));
        request.Query += "&X-Amz-Expires=604800";

        Refused(request, SignatureProblem.Incomplete, "IncompleteSignature", "more than once");
    }

    [Fact]
    public void A_stated_body_hash_has_to_be_the_bodys()
    {
        var request = Signed(LongLived, new SigningScope("eu-west-1", "sts") { StateContentHash = true });
        Verify(request).Accepted.ShouldBeTrue();

        request.Body = "Action=GetSessionToken"u8.ToArray();
        Refused(request, SignatureProblem.Mismatch, "SignatureDoesNotMatch", "'x-amz-content-sha256' header does not match");
    }

    [Fact]
    public void An_unsigned_body_is_taken_only_where_the_rules_or_S3_allow_it()
    {
        var request = Signed(LongLived, new SigningScope("eu-west-1", "sts") { UnsignedPayload = true });

        Refused(request, SignatureProblem.Mismatch, "SignatureDoesNotMatch", "UNSIGNED-PAYLOAD is not taken here");
        SignatureV4.Verify(request, Keys, Now, Rules with { AllowUnsignedPayload = true }).Accepted.ShouldBeTrue();
        var s3 = Signed(LongLived, new SigningScope("eu-west-1", "s3") { UnsignedPayload = true });
        SignatureV4.Verify(s3, Keys, Now, new SignatureRules()).Accepted.ShouldBeTrue();
    }

    [Fact]
    public void A_path_is_encoded_twice_except_for_S3()
    {
        var request = Request();
        request.Path = "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1/a/../b";
        var encodedOnce = Signed(LongLived, new SigningScope("eu-west-1", "s3"), path: request.Path);
        var encodedTwice = Signed(LongLived, new SigningScope("eu-west-1", "lambda"), path: request.Path);

        SignatureV4.Verify(encodedOnce, Keys, Now, new SignatureRules()).Accepted.ShouldBeTrue();
        SignatureV4.Verify(encodedTwice, Keys, Now, new SignatureRules()).Accepted.ShouldBeTrue();
        SignatureV4.Verify(encodedOnce, Keys, Now, new SignatureRules { DoubleEncodePath = true }).Problem.ShouldBe(SignatureProblem.Mismatch);
        SignatureV4.Verify(encodedTwice, Keys, Now, new SignatureRules { NormalizePath = false }).Problem.ShouldBe(SignatureProblem.Mismatch);
    }

    [Fact]
    public void No_verdict_holds_the_secret_the_token_or_the_signature_that_would_have_been_right()
    {
        var request = Signed(Temporary);
        var right = request.Headers.Find("Authorization")![^64..];
        request.Headers.Set("Authorization", request.Headers.Find("Authorization")![..^64] + new string('0', 64));

        var verdict = Verify(request);

        verdict.Problem.ShouldBe(SignatureProblem.Mismatch);
        verdict.ToString().ShouldNotContain(Secret);
        verdict.ToString().ShouldNotContain("the-token");
        verdict.ToString().ShouldNotContain(right);
        verdict.Key.ShouldBeNull();
    }

    [Theory]
    [InlineData(ProtocolKind.AwsQuery, "sts", "SignatureDoesNotMatch", 403)]
    [InlineData(ProtocolKind.Ec2Query, "ec2", "AuthFailure", 401)]
    [InlineData(ProtocolKind.AwsJson11, "organizations", "InvalidSignatureException", 400)]
    [InlineData(ProtocolKind.RestJson1, "lambda", "InvalidSignatureException", 403)]
    [InlineData(ProtocolKind.RestXml, "s3", "SignatureDoesNotMatch", 403)]
    public void Each_service_words_a_wrong_signature_in_its_own_way(ProtocolKind protocol, string service, string code, int status)
    {
        var verdict = Verify(Signed(LongLived with { SecretAccessKey = "wrong" }));

        var error = SignatureErrors.For(verdict, protocol, service);

        (error.Code, error.Status).ShouldBe((code, status));
        error.Message.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Every_problem_has_a_code_in_every_protocol()
    {
        foreach (var problem in Enum.GetValues<SignatureProblem>().Where(problem => problem != SignatureProblem.None))
        {
            foreach (var protocol in Enum.GetValues<ProtocolKind>())
            {
                var error = SignatureErrors.For(SignatureVerdict.Refuse(problem, "message"), protocol, "s3");
                error.Code.ShouldNotBeNullOrEmpty();
                error.Status.ShouldBeInRange(400, 403);
            }
        }
    }

    [Fact]
    public void A_signing_key_is_never_taken_from_another_secret_of_the_same_key_id()
    {
        var first = Signed(LongLived);
        var second = Signed(LongLived with { SecretAccessKey = "another" });

        first.Headers.Find("Authorization").ShouldNotBe(second.Headers.Find("Authorization"));
        Verify(first).Accepted.ShouldBeTrue();
        Verify(second).Problem.ShouldBe(SignatureProblem.Mismatch);
    }

    [Fact]
    public void Signing_again_replaces_what_was_signed_before()
    {
        var request = Signed(Temporary);
        SignatureV4.Sign(request, LongLived, new SigningScope("eu-west-1", "sts"), Now);

        Verify(request).Accepted.ShouldBeTrue();
        request.Headers.Find("X-Amz-Security-Token").ShouldBeNull();
    }

    [Fact]
    public void A_request_without_a_host_is_not_signed()
    {
        Should.Throw<ArgumentException>(() => SignatureV4.Sign(new WireRequest(), LongLived, new SigningScope("eu-west-1", "sts"), Now))
            .Message.ShouldContain("Host");
    }

    private static OneKey Keys { get; } = new(Key(LongLived));

    private static AccessKey Key(AwsCredentials credentials) =>
        new(credentials.AccessKeyId, Secret, "arn:aws:iam::111111111111:user/operator") { SessionToken = credentials.SessionToken };

    private static SignatureVerdict Verify(WireRequest request) => SignatureV4.Verify(request, BothKeys, Now, Rules);

    private static TwoKeys BothKeys { get; } = new();

    private static void Refused(WireRequest request, SignatureProblem problem, string code, string message)
    {
        var verdict = Verify(request);
        (verdict.Problem, verdict.Code).ShouldBe((problem, code), verdict.Message);
        verdict.Message.ShouldContain(message, Case.Sensitive);
    }

    private static WireRequest Signed(AwsCredentials credentials, SigningScope? scope = null, DateTimeOffset? at = null, string path = "/")
    {
        var request = Request();
        request.Path = path;
        SignatureV4.Sign(request, credentials, scope ?? new SigningScope("eu-west-1", "sts"), at ?? Now);
        return request;
    }

    private static WireRequest Request()
    {
        var request = new WireRequest { Body = Encoding.UTF8.GetBytes("Action=GetCallerIdentity&Version=2011-06-15") };
        request.Headers.Add("Host", "sts.eu-west-1.amazonaws.com");
        request.Headers.Add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        request.Headers.Add("User-Agent", "a proxy may change this");
        return request;
    }

    private sealed class TwoKeys : IAccessKeys
    {
        public bool TryFind(string accessKeyId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AccessKey? key)
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
