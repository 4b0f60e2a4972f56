using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Signing;
using static CentralOps.Aws.Tests.Signing.SignedRequests;

namespace CentralOps.Aws.Tests.Signing;

/// <summary>Who signed, and whether it can be read.</summary>
public sealed class SignatureVerdictTests
{
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
        var scope = Scope with { SignSessionToken = false };
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
}
