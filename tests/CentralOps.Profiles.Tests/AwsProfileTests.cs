using CentralOps.Aws.Calls;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;

namespace CentralOps.Profiles.Tests;

/// <summary>What a profile says beside its keys.</summary>
public sealed class AwsProfileTests : IDisposable
{
    private const string Config = """
        [profile full]
        aws_access_key_id = AKIDFULL
        aws_secret_access_key = secret
        region = eu-central-1
        endpoint_url = http://127.0.0.1:9000
        services = local
        max_attempts = 5
        use_fips_endpoint = true
        ca_bundle = /etc/own.pem
        sdk_ua_app_id = desk

        [profile plain]
        aws_access_key_id = AKIDPLAIN
        aws_secret_access_key = secret

        [services other]
        ec2 =
          endpoint_url = http://127.0.0.1:1

        [services   local]
        # Only these.
        ec2 =
          endpoint_url = http://127.0.0.1:9001
          max_attempts = 7
        bedrock_agentcore_control =
          endpoint_url=http://127.0.0.1:9002
        """;

    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Home _home = new(Config);

    public AwsProfileTests()
    {
        _variables["HOME"] = _home.Path;
        _variables["AWS_CONFIG_FILE"] = Path.Combine(_home.Path, "config");
        // The SDK looks for a config file beside this one.
        _variables["AWS_SHARED_CREDENTIALS_FILE"] = _home.Write("credentials", Config.Replace("[profile ", "["));
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public void A_profile_brings_its_region_its_endpoints_and_its_settings()
    {
        var profile = Open("full");

        (profile.Name, profile.Region).ShouldBe(("full", "eu-central-1"));
        profile.Setting("AWS_ENDPOINT_URL").ShouldBe("http://127.0.0.1:9000");
        profile.Setting("AWS_ENDPOINT_URL_EC2").ShouldBe("http://127.0.0.1:9001");
        profile.Setting("AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL").ShouldBe("http://127.0.0.1:9002");
        profile.Setting("AWS_ENDPOINT_URL_ECS").ShouldBeNull();
        profile.Setting("AWS_USE_FIPS_ENDPOINT").ShouldBe("true");
        profile.Setting("AWS_CA_BUNDLE").ShouldBe("/etc/own.pem");
        profile.Setting("HTTPS_PROXY").ShouldBeNull();
        (AwsClientOptions.Read(profile.Setting).MaxAttempts, AwsClientOptions.Read(profile.Setting).ApplicationId).ShouldBe((5, "desk"));
    }

    [Fact]
    public void The_environment_comes_first_and_its_endpoint_for_all_services_before_one_service_of_the_file()
    {
        _variables["AWS_REGION"] = "us-west-2";
        _variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:8000";
        _variables["AWS_USE_FIPS_ENDPOINT"] = "false";
        _variables["AWS_MAX_ATTEMPTS"] = "2";
        var profile = Open("full");

        profile.Region.ShouldBe("us-west-2");
        EndpointResolver.Read(profile.Setting).Resolve(ModelLibrary.Service("ec2"), "us-west-2").Url.Port.ShouldBe(8000);
        AwsClientOptions.Read(profile.Setting).MaxAttempts.ShouldBe(2);

        _variables["AWS_ENDPOINT_URL_EC2"] = "http://127.0.0.1:8001";
        EndpointResolver.Read(Open("full").Setting).Resolve(ModelLibrary.Service("ec2"), "us-west-2").Url.Port.ShouldBe(8001);
    }

    [Fact]
    public void A_profile_that_says_nothing_leaves_the_defaults()
    {
        var profile = Open("plain");

        profile.Region.ShouldBeNull();
        EndpointResolver.Read(profile.Setting).Resolve(ModelLibrary.Service("ec2"), "eu-west-1").Url.Host.ShouldBe("ec2.eu-west-1.amazonaws.com");
    }

    private AwsProfile Open(string name) => AwsProfile.Open(name, _variables.GetValueOrDefault, TimeProvider.System);
}
