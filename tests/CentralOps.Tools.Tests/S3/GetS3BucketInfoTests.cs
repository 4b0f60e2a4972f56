using System.Text.Json;
using CentralOps.Accounts.Tests.Stubs;

namespace CentralOps.Tools.Tests.S3;

public sealed class GetS3BucketInfoTests
{
    private const string Arguments = """{"account_id":"222222222222","bucket":"shop-assets"}""";

    [Fact]
    public async Task A_bucket_with_nothing_set_is_an_answer_without_failures()
    {
        var answer = await StubAccounts.Runner(static call => Bare(call)).RunAsync("get_s3_bucket_info", Arguments);
        answer.GetProperty("bucket").GetRawText().ShouldBe(
            """{"Name":"shop-assets","BucketRegion":"us-east-1","Tags":{},"Versioning":null,"Encryption":null,"PublicAccessBlock":null,"PolicyStatus":null}""");
        answer.GetProperty("failures").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("eu-central-1", "eu-central-1")]
    [InlineData("EU", "eu-west-1")]
    public async Task The_buckets_own_region_is_found_and_asked_as_its_owners(string constraint, string region)
    {
        var calls = new List<StubCall>();
        var answer = await StubAccounts.Runner(call =>
        {
            calls.Add(call);
            return call.Operation == "s3:GetBucketLocation" ? $$"""{"LocationConstraint":"{{constraint}}"}""" : Bare(call);
        }).RunAsync("get_s3_bucket_info", Arguments);
        answer.GetProperty("region").GetString().ShouldBe(region);
        answer.GetProperty("bucket").GetProperty("BucketRegion").GetString().ShouldBe(region);
        calls.ShouldAllBe(call => call.Text("ExpectedBucketOwner") == "222222222222");
        calls.Where(static call => call.Operation != "s3:GetBucketLocation").ShouldAllBe(call => call.Region == region);
    }

    [Fact]
    public async Task A_part_that_is_denied_is_told_beside_the_rest()
    {
        var answer = await StubAccounts.Runner(static call => call.Operation == "s3:GetBucketTagging" ? StubAnswer.Failed("AccessDenied") : Bare(call))
            .RunAsync("get_s3_bucket_info", Arguments);
        answer.GetProperty("bucket").GetProperty("Tags").GetRawText().ShouldBe("{}");
        var failure = answer.GetProperty("failures").EnumerateArray().Single();
        failure.GetProperty("part").GetString().ShouldBe("Tags");
        failure.GetProperty("code").GetString().ShouldBe("AccessDenied");
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_and_one_of_which_nothing_may_be_read_are_refusals()
    {
        var missing = await StubAccounts.Runner(static _ => StubAnswer.Failed("NoSuchBucket", "Gone.", 404)).RunAsync("get_s3_bucket_info", Arguments);
        missing.GetProperty("error").GetProperty("code").GetString().ShouldBe("NoSuchBucket");
        var shut = await StubAccounts.Runner(static _ => StubAnswer.Failed("AccessDenied")).RunAsync("get_s3_bucket_info", Arguments);
        shut.GetProperty("error").GetProperty("code").GetString().ShouldBe("AccessDenied");
    }

    [Theory]
    [InlineData("s3://shop-assets")]
    [InlineData("arn:aws:s3:::shop-assets")]
    [InlineData("a")]
    [InlineData("../other")]
    [InlineData("shop?acl")]
    [InlineData("shop..assets")]
    public async Task What_is_no_buckets_name_is_not_asked(string name)
    {
        var answer = await StubAccounts.Runner(static call => throw new InvalidOperationException(call.Operation))
            .RunAsync("get_s3_bucket_info", JsonSerializer.Serialize(new { account_id = "222222222222", bucket = name }));
        answer.GetProperty("error").GetProperty("message").GetString().ShouldBe("bucket is not the form of a bucket's name.");
    }

    [Fact]
    public async Task A_directory_bucket_is_told_to_be_one()
    {
        var answer = await StubAccounts.Runner(static call => throw new InvalidOperationException(call.Operation))
            .RunAsync("get_s3_bucket_info", """{"account_id":"222222222222","bucket":"fast--use1-az4--x-s3"}""");
        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("directory bucket");
    }

    private static StubAnswer Bare(StubCall call) => call.Operation switch
    {
        "s3:GetBucketLocation" or "s3:GetBucketVersioning" => "{}",
        "s3:GetBucketTagging" => StubAnswer.Failed("NoSuchTagSet", "None.", 404),
        "s3:GetBucketEncryption" => StubAnswer.Failed("ServerSideEncryptionConfigurationNotFoundError", "None.", 404),
        "s3:GetPublicAccessBlock" => StubAnswer.Failed("NoSuchPublicAccessBlockConfiguration", "None.", 404),
        "s3:GetBucketPolicyStatus" => StubAnswer.Failed("NoSuchBucketPolicy", "None.", 404),
        _ => throw new InvalidOperationException(call.Operation),
    };
}
