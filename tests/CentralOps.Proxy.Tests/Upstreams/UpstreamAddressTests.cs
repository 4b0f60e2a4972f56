using CentralOps.Proxy.Upstreams;

namespace CentralOps.Proxy.Tests.Upstreams;

public sealed class UpstreamAddressTests
{
    [Theory]
    [InlineData("https://aws-mcp.us-east-1.api.aws/mcp", "aws-mcp", "us-east-1")]
    [InlineData("https://aws-mcp.eu-central-1.api.aws/mcp", "aws-mcp", "eu-central-1")]
    [InlineData("https://ops-a1b2c3d4e5.gateway.bedrock-agentcore.us-west-2.amazonaws.com/mcp", "bedrock-agentcore", "us-west-2")]
    [InlineData("https://bedrock-agentcore.eu-west-1.amazonaws.com/runtimes/x/invocations?qualifier=DEFAULT", "bedrock-agentcore", "eu-west-1")]
    [InlineData("https://a1b2c3.execute-api.ap-southeast-2.amazonaws.com/prod/mcp", "execute-api", "ap-southeast-2")]
    [InlineData("https://a1b2c3.execute-api.cn-north-1.amazonaws.com.cn/prod/mcp", "execute-api", "cn-north-1")]
    [InlineData("https://abcdefghij.lambda-url.us-east-2.on.aws/mcp", "lambda", "us-east-2")]
    public void Service_and_region_are_as_the_host_says(string url, string service, string region)
    {
        UpstreamAddress.TryParse(url, null, null, out var address, out var problem).ShouldBeTrue(problem);
        (address.Service, address.Region, address.Url).ShouldBe((service, region, url));

        UpstreamAddress.TryParse(url, "other", "us-gov-west-1", out var overridden, out _).ShouldBeTrue();
        (overridden.Service, overridden.Region).ShouldBe(("other", "us-gov-west-1"));
    }

    [Theory]
    [InlineData("arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/ops-a1b2c3d4e5", "https://ops-a1b2c3d4e5.gateway.bedrock-agentcore.us-east-1.amazonaws.com/mcp")]
    [InlineData(
        "arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/agent_1-a1b2c3",
        "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aus-east-1%3A111122223333%3Aruntime%2Fagent_1-a1b2c3/invocations?qualifier=DEFAULT")]
    [InlineData(
        "arn:aws:bedrock-agentcore:us-east-1:111122223333:runtime/agent_1-a1b2c3/runtime-endpoint/prod",
        "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/arn%3Aaws%3Abedrock-agentcore%3Aus-east-1%3A111122223333%3Aruntime%2Fagent_1-a1b2c3/invocations?qualifier=prod")]
    [InlineData("arn:aws-cn:bedrock-agentcore:cn-north-1:111122223333:gateway/g-1", "https://g-1.gateway.bedrock-agentcore.cn-north-1.amazonaws.com.cn/mcp")]
    public void An_arn_becomes_the_encoded_url(string arn, string url)
    {
        UpstreamAddress.TryParse(arn, null, null, out var address, out var problem).ShouldBeTrue(problem);
        (address.Url, address.Service).ShouldBe((url, "bedrock-agentcore"));
    }

    [Theory]
    [InlineData("mcp.example.com", null, null, "absolute https URL")]
    [InlineData("https://mcp.example.com/mcp", null, null, "add --service and --region")]
    [InlineData("https://mcp.example.com/mcp", "lambda", null, "add --region")]
    [InlineData("https://mcp.example.com/mcp", null, "us-east-1", "add --service,")]
    [InlineData("https://aws-mcp.us-east-1.api.aws.example.com/mcp", null, null, "add --service and --region")]
    [InlineData("http://mcp.example.com/mcp", "lambda", "us-east-1", "use https")]
    [InlineData("http://127.0.0.1.example.com/mcp", "lambda", "us-east-1", "use https")]
    [InlineData("https://user:password@aws-mcp.us-east-1.api.aws/mcp", null, null, "user name or password")]
    [InlineData("ftp://aws-mcp.us-east-1.api.aws/mcp", null, null, "absolute https URL")]
    [InlineData("https://127.0.0.1/mcp", "LAMBDA!", "us-east-1", "--service as in")]
    [InlineData("https://127.0.0.1/mcp", "lambda", "us east", "--region as in")]
    [InlineData("arn:aws:lambda:us-east-1:111122223333:function:mcp", null, null, "give the URL")]
    [InlineData("arn:aws:bedrock-agentcore:us-east-1:111122223333:gateway/../x", null, null, "not the ARN")]
    [InlineData("arn:aws:bedrock-agentcore:us-east-1.evil.example:111122223333:gateway/x", null, null, "not the ARN")]
    public void What_cannot_be_used_is_refused_with_the_repair(string text, string? service, string? region, string told)
    {
        UpstreamAddress.TryParse(text, service, region, out _, out var problem).ShouldBeFalse();
        problem.ShouldContain(told);
    }

    [Fact]
    public void This_machine_may_be_called_without_tls()
    {
        UpstreamAddress.TryParse("http://localhost:8080/mcp", "lambda", "us-east-1", out _, out _).ShouldBeTrue();
        UpstreamAddress.TryParse("http://[::1]:8080/mcp", "lambda", "us-east-1", out _, out _).ShouldBeTrue();
    }
}
