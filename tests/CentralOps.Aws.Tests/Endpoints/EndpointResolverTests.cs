using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Endpoints;

public sealed class EndpointResolverTests
{
    [Theory]
    [InlineData("ec2", "EC2", "us-east-1", "ec2.us-east-1.amazonaws.com", "us-east-1")]
    [InlineData("sts", "STS", "eu-central-1", "sts.eu-central-1.amazonaws.com", "eu-central-1")]
    [InlineData("lambda", "Lambda", "cn-north-1", "lambda.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("ec2", "EC2", "us-gov-west-1", "ec2.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [InlineData("ec2", "EC2", "us-iso-east-1", "ec2.us-iso-east-1.c2s.ic.gov", "us-iso-east-1")]
    [InlineData("ec2", "EC2", "us-isob-east-1", "ec2.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1")]
    [InlineData("ec2", "EC2", "eu-isoe-west-1", "ec2.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1")]
    [InlineData("ec2", "EC2", "us-isof-south-1", "ec2.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1")]
    [InlineData("ec2", "EC2", "eusc-de-east-1", "ec2.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1")]
    [InlineData("ec2", "EC2", "xx-newland-17", "ec2.xx-newland-17.amazonaws.com", "xx-newland-17")]
    [InlineData("organizations", "Organizations", "eu-west-1", "organizations.us-east-1.amazonaws.com", "us-east-1")]
    [InlineData("organizations", "Organizations", "us-gov-east-1", "organizations.us-gov-west-1.amazonaws.com", "us-gov-west-1")]
    [InlineData("organizations", "Organizations", "cn-north-1", "organizations.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1")]
    [InlineData("iam", "IAM", "ap-southeast-7", "iam.amazonaws.com", "us-east-1")]
    [InlineData("iam", "IAM", "cn-north-1", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1")]
    [InlineData("iam", "IAM", "us-gov-east-1", "iam.us-gov.amazonaws.com", "us-gov-west-1")]
    [InlineData("iam", "IAM", "us-iso-west-1", "iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1")]
    [InlineData("route53", "Route 53", "eu-west-1", "route53.amazonaws.com", "us-east-1")]
    [InlineData("health", "Health", "eu-west-1", "global.health.amazonaws.com", "us-east-1")]
    [InlineData("networkmanager", "NetworkManager", "eu-west-1", "networkmanager.us-west-2.amazonaws.com", "us-west-2")]
    public void A_service_answers_where_AWS_says(string prefix, string serviceId, string region, string host, string signingRegion)
    {
        var endpoint = EndpointResolver.Default.Resolve(Service(prefix, serviceId), region);

        (endpoint.Url.AbsoluteUri, endpoint.SigningRegion, endpoint.Overridden).ShouldBe(($"https://{host}/", signingRegion, false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("us-east-1.evil.example/")]
    [InlineData("us-east-1@evil.example")]
    [InlineData("evil.example#-a-1")]
    [InlineData("us-east-1\r\nX-Injected: 1")]
    [InlineData("US-EAST-1")]
    [InlineData("us-east")]
    [InlineData("us-east-")]
    [InlineData("us-east-111")]
    [InlineData("-east-1")]
    [InlineData("us--east-1")]
    [InlineData("us-eást-1")]
    [InlineData("us-east-1a")]
    [InlineData("аа-east-1")]
    [InlineData("a-b-c-d-e-f-1")]
    [InlineData("us-abcdefghijklmnopqrstuvwxyzabcdefg-1")]
    public void Text_that_is_no_region_never_becomes_a_host(string region)
    {
        var refused = Should.Throw<EndpointException>(() => EndpointResolver.Default.Resolve(Service("ec2"), region));

        refused.Problem.ShouldBe(EndpointProblem.Region);
        refused.Message.ShouldContain("is not the name of an AWS region");
        refused.Message.ShouldContain("us-east-1");
        refused.Message.ShouldNotContain("\n");
        refused.Message.Length.ShouldBeLessThan(200);
    }

    [Fact]
    public void A_services_own_setting_comes_before_the_general_one()
    {
        var resolver = Resolver(("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"), ("AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL", "http://127.0.0.1:9000/base"));

        var own = resolver.Resolve(Service("bedrock-agentcore-control", "Bedrock AgentCore Control"), "eu-west-1");
        var general = resolver.Resolve(Service("ec2"), "eu-west-1");

        (own.Url.AbsoluteUri, own.SigningRegion, own.Overridden).ShouldBe(("http://127.0.0.1:9000/base", "eu-west-1", true));
        (general.Url.AbsoluteUri, general.Overridden).ShouldBe(("http://127.0.0.1:4566/", true));
    }

    [Fact]
    public void A_global_service_signs_for_its_own_region_behind_a_setting_too()
    {
        Resolver(("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")).Resolve(Service("organizations", "Organizations"), "eu-west-1").SigningRegion.ShouldBe("us-east-1");
    }

    [Fact]
    public void Settings_can_be_ignored_by_a_setting_and_an_empty_one_is_none()
    {
        Resolver(("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "TRUE"))
            .Resolve(Service("ec2"), "us-east-1").Overridden.ShouldBeFalse();
        Resolver(("AWS_ENDPOINT_URL", "")).Resolve(Service("ec2"), "us-east-1").Overridden.ShouldBeFalse();
    }

    [Theory]
    [InlineData("127.0.0.1:4566", "scheme")]
    [InlineData("localhost", "not an absolute URL")]
    [InlineData("ftp://127.0.0.1", "scheme")]
    [InlineData("http://user:hunter2@127.0.0.1", "user name or password")]
    [InlineData("http://127.0.0.1/?a=b", "query or fragment")]
    [InlineData("http://127.0.0.1/#a", "query or fragment")]
    public void A_setting_that_is_no_base_URL_is_named_with_the_repair_and_without_its_value(string value, string problem)
    {
        var general = Should.Throw<EndpointException>(() => Resolver(("AWS_ENDPOINT_URL", value)));
        var own = Should.Throw<EndpointException>(() => Resolver(("AWS_ENDPOINT_URL_ROUTE_53", value)).Resolve(Service("route53", "Route 53"), "us-east-1"));

        general.Problem.ShouldBe(EndpointProblem.Setting);
        general.Message.ShouldStartWith("The setting AWS_ENDPOINT_URL ");
        own.Message.ShouldStartWith("The setting AWS_ENDPOINT_URL_ROUTE_53 ");
        own.Message.ShouldContain("Set it to a base URL");
        if (problem != "scheme")
        {
            own.Message.ShouldContain(problem);
        }

        own.Message.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("true", null, "EC2", "ec2", "us-west-2", "ec2-fips.us-west-2.amazonaws.com")]
    [InlineData(" True ", "false", "STS", "sts", "us-gov-west-1", "sts.us-gov-west-1.amazonaws.com")]
    [InlineData(null, "true", "Lambda", "lambda", "eu-west-1", "lambda.eu-west-1.api.aws")]
    [InlineData("", "TRUE", "S3", "s3", "eu-west-1", "s3.dualstack.eu-west-1.amazonaws.com")]
    [InlineData("true", "true", "ECR", "api.ecr", "us-east-1", "ecr-fips.us-east-1.api.aws")]
    [InlineData("true", "true", "Unheard Of", "unheard-of", "cn-north-1", "unheard-of-fips.cn-north-1.api.amazonwebservices.com.cn")]
    public void Settings_ask_for_FIPS_and_dual_stack(string? fips, string? dual, string serviceId, string prefix, string region, string host)
    {
        var resolver = EndpointResolver.Read(name => name switch { "AWS_USE_FIPS_ENDPOINT" => fips, "AWS_USE_DUALSTACK_ENDPOINT" => dual, _ => null });

        resolver.Resolve(Service(prefix, serviceId), region).Url.Host.ShouldBe(host);
    }

    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT", "yes")]
    [InlineData("AWS_USE_DUALSTACK_ENDPOINT", "1")]
    public void A_misspelt_setting_never_quietly_means_no(string name, string value)
    {
        var refused = Should.Throw<EndpointException>(() => EndpointResolver.Read(asked => asked == name ? value : null));

        (refused.Problem, refused.Message).ShouldBe((EndpointProblem.Setting, $"The setting {name} is neither 'true' nor 'false'. Set it to one of them, or unset it."));
    }

    [Fact]
    public void An_endpoint_of_ones_own_is_not_passed_off_as_FIPS()
    {
        var resolver = EndpointResolver.Read(name => name switch { "AWS_USE_FIPS_ENDPOINT" => "true", "AWS_ENDPOINT_URL" => "http://127.0.0.1:4566", _ => null });

        Should.Throw<EndpointException>(() => resolver.Resolve(Service("ec2", "EC2"), "us-east-1")).Message.ShouldContain("Unset one of them");
    }

    private static EndpointResolver Resolver(params (string Name, string Value)[] settings) =>
        new(EndpointOverrides.Read(name => Array.Find(settings, setting => setting.Name == name).Value));

    private static ServiceModel Service(string prefix, string? serviceId = null) => TestModels.Service(prefix, serviceId);
}
