using System.Text;
using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Tests.Protocols;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Tests.Endpoints;

public sealed class BucketAddressTests
{
    private static readonly ServiceModel S3 = ServiceModel.Read(Encoding.UTF8.GetBytes(
        """
        {"metadata":{"protocol":"rest-xml","endpointPrefix":"s3","serviceId":"S3","globalEndpoint":"s3.amazonaws.com"},"operations":{
          "GetObject":{"http":{"method":"GET","requestUri":"/{Bucket}/{Key+}"},"input":{"shape":"ObjectRequest"}},
          "GetBucketTagging":{"http":{"method":"GET","requestUri":"/{Bucket}?tagging"},"input":{"shape":"BucketRequest"}},
          "ListBuckets":{"http":{"method":"GET","requestUri":"/"}}},
         "shapes":{
          "ObjectRequest":{"type":"structure","required":["Bucket","Key"],"members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"},"Key":{"shape":"S","location":"uri","locationName":"Key"}}},
          "BucketRequest":{"type":"structure","required":["Bucket"],"members":{"Bucket":{"shape":"S","location":"uri","locationName":"Bucket"}}},
          "S":{"type":"string"}}}
        """));

    [Theory]
    [InlineData("my-bucket", "https://my-bucket.s3.eu-west-1.amazonaws.com/?tagging")]
    [InlineData("123", "https://123.s3.eu-west-1.amazonaws.com/?tagging")]
    [InlineData("my.bucket", "https://s3.eu-west-1.amazonaws.com/my.bucket?tagging")]
    [InlineData("MyBucket", "https://s3.eu-west-1.amazonaws.com/MyBucket?tagging")]
    [InlineData("under_score", "https://s3.eu-west-1.amazonaws.com/under_score?tagging")]
    [InlineData("-ends", "https://s3.eu-west-1.amazonaws.com/-ends?tagging")]
    [InlineData("ab", "https://s3.eu-west-1.amazonaws.com/ab?tagging")]
    [InlineData("a/../b", "https://s3.eu-west-1.amazonaws.com/a%2F..%2Fb?tagging")]
    [InlineData("evil.example.com#", "https://s3.eu-west-1.amazonaws.com/evil.example.com%23?tagging")]
    public void A_bucket_that_DNS_and_TLS_take_stands_in_the_host(string bucket, string url) =>
        Url("GetBucketTagging", new { Bucket = bucket }, "eu-west-1").ShouldBe(url);

    [Theory]
    [InlineData("https://s3.example.org", "https://my-bucket.s3.example.org/a/b")]
    [InlineData("https://s3.example.org:8443/base/", "https://my-bucket.s3.example.org:8443/base/a/b")]
    [InlineData("http://127.0.0.1:4566", "http://127.0.0.1:4566/my-bucket/a/b")]
    [InlineData("http://10.0.0.7:9000", "http://10.0.0.7:9000/my-bucket/a/b")]
    [InlineData("http://[::1]:4566", "http://[::1]:4566/my-bucket/a/b")]
    [InlineData("http://localhost:4566", "http://localhost:4566/my-bucket/a/b")]
    [InlineData("http://s3.localhost:4566", "http://s3.localhost:4566/my-bucket/a/b")]
    [InlineData("http://minio:9000", "http://minio:9000/my-bucket/a/b")]
    public void An_endpoint_that_has_no_names_below_it_gets_the_bucket_in_the_path(string setting, string url) =>
        Url("GetObject", new { Bucket = "my-bucket", Key = "a/b" }, "eu-west-1", setting).ShouldBe(url);

    [Theory]
    [InlineData("us-east-1", "https://s3.us-east-1.amazonaws.com/")]
    [InlineData("cn-north-1", "https://s3.cn-north-1.amazonaws.com.cn/")]
    public void A_request_about_no_bucket_goes_to_the_region(string region, string url) => Url("ListBuckets", new { }, region).ShouldBe(url);

    [Theory]
    [InlineData("../../other/x", "https://my-bucket.s3.eu-west-1.amazonaws.com/../../other/x")]
    [InlineData("./a//b/", "https://my-bucket.s3.eu-west-1.amazonaws.com/./a//b/")]
    [InlineData("/leading", "https://my-bucket.s3.eu-west-1.amazonaws.com//leading")]
    [InlineData("100% é+?#&=\\", "https://my-bucket.s3.eu-west-1.amazonaws.com/100%25%20%C3%A9%2B%3F%23%26%3D%5C")]
    [InlineData("%2F", "https://my-bucket.s3.eu-west-1.amazonaws.com/%252F")]
    public void A_key_is_sent_as_it_is(string key, string url) => Url("GetObject", new { Bucket = "my-bucket", Key = key }, "eu-west-1").ShouldBe(url);

    [Theory]
    [InlineData("arn:aws:s3:eu-west-1:111111111111:accesspoint/ap")]
    [InlineData("express--use1-az4--x-s3")]
    public void What_has_hosts_of_its_own_is_refused_in_words(string bucket) =>
        Should.Throw<InputException>(() => Url("GetBucketTagging", new { Bucket = bucket }, "eu-west-1")).Message.ShouldContain("'Bucket'");

    private static string Url(string operation, object input, string region, string? setting = null)
    {
        var resolver = new EndpointResolver(EndpointOverrides.Read(name => name == "AWS_ENDPOINT_URL" ? setting : null));
        var request = S3.Operation(operation).Write(JsonSerializer.Serialize(input));
        var url = RequestTarget.Place(request, BucketAddress.Place(S3.Operation(operation), request, resolver.Resolve(S3, region)));
        request.Headers.Find("Host").ShouldBe(url.Authority);
        return url.OriginalString;
    }
}
