using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using static CentralOps.Aws.Tests.Signing.SignedRequests;

namespace CentralOps.Aws.Tests.Signing;

/// <summary>What a signature is for: where, when, and of what.</summary>
public sealed class SignatureCoverageTests
{
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
        SignatureV4.Presign(request, Temporary, Scope, Now, TimeSpan.FromMinutes(30));

        SignatureV4.Verify(request, Keys, Now.AddMinutes(30), Rules).Accepted.ShouldBeTrue();
        var late = SignatureV4.Verify(request, Keys, Now.AddMinutes(30).AddSeconds(1), Rules);
        (late.Problem, late.Message).ShouldBe((SignatureProblem.Skewed, "Signature expired: 20260301T123000Z is now earlier than 20260301T123001Z"));

        request.Query = request.Query.Replace("X-Amz-Expires=1800", "X-Amz-Expires=604801", StringComparison.Ordinal);
        Refused(request, SignatureProblem.Incomplete, "IncompleteSignature", "from 1 to 604800");
        Should.Throw<ArgumentOutOfRangeException>(
            () => SignatureV4.Presign(Request(), LongLived, Scope, Now, TimeSpan.FromDays(8)));
    }

    [Fact]
    public void A_query_parameter_of_the_signature_that_stands_twice_is_incomplete()
    {
        var request = Request();
        SignatureV4.Presign(request, LongLived, Scope, Now, TimeSpan.FromMinutes(30));
        request.Query += "&X-Amz-Expires=604800";

        Refused(request, SignatureProblem.Incomplete, "IncompleteSignature", "more than once");
    }

    [Fact]
    public void A_stated_body_hash_has_to_be_the_bodys()
    {
        var request = Signed(LongLived, Scope with { StateContentHash = true });
        Verify(request).Accepted.ShouldBeTrue();

        request.Body = "Action=GetSessionToken"u8.ToArray();
        Refused(request, SignatureProblem.Mismatch, "SignatureDoesNotMatch", "'x-amz-content-sha256' header does not match");
    }

    [Fact]
    public void An_unsigned_body_is_taken_only_where_the_rules_or_S3_allow_it()
    {
        var request = Signed(LongLived, Scope with { UnsignedPayload = true });

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
    public void A_signing_key_is_never_taken_from_another_secret_of_the_same_key_id()
    {
        var first = Signed(LongLived);
        var second = Signed(LongLived with { SecretAccessKey = "another" });

        first.Headers.Find("Authorization").ShouldNotBe(second.Headers.Find("Authorization"));
        Verify(first).Accepted.ShouldBeTrue();
        Verify(second).Problem.ShouldBe(SignatureProblem.Mismatch);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("./")]
    [InlineData("*")]
    public void A_path_that_does_not_begin_at_the_root_is_never_the_root(string path)
    {
        var request = Signed(LongLived);
        request.Path = path;

        Verify(request).Problem.ShouldBe(SignatureProblem.Mismatch);
    }

    [Fact]
    public void Signing_again_replaces_what_was_signed_before()
    {
        var request = Signed(Temporary);
        SignatureV4.Sign(request, LongLived, Scope, Now);

        Verify(request).Accepted.ShouldBeTrue();
        request.Headers.Find("X-Amz-Security-Token").ShouldBeNull();
    }

    [Fact]
    public void A_request_without_a_host_is_not_signed()
    {
        Should.Throw<ArgumentException>(() => SignatureV4.Sign(new WireRequest(), LongLived, Scope, Now))
            .Message.ShouldContain("Host");
    }
}
