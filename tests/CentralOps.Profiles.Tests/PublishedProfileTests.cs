using System.Text.RegularExpressions;

namespace CentralOps.Profiles.Tests;

/// <summary>Every kind of credentials in a published, trimmed binary, on loopback alone.</summary>
public sealed partial class PublishedProfileTests(PublishedWhoami whoami) : IClassFixture<PublishedWhoami>
{
    private const string Config = """
        [default]
        region = eu-north-1

        [profile static]
        aws_access_key_id = AKIDSTATIC
        aws_secret_access_key = secret
        region = eu-west-1

        [profile role]
        role_arn = arn:aws:iam::111111111111:role/Operator
        source_profile = static
        region = eu-west-3

        [profile chained]
        role_arn = arn:aws:iam::222222222222:role/Second
        source_profile = role

        [profile from-environment]
        role_arn = arn:aws:iam::111111111111:role/Operator
        credential_source = Environment

        [profile from-container]
        role_arn = arn:aws:iam::111111111111:role/Operator
        credential_source = EcsContainer

        [sso-session corp]
        sso_start_url = https://corp.awsapps.com/start
        sso_region = eu-west-1
        sso_registration_scopes = sso:account:access

        [profile sso]
        sso_session = corp
        sso_account_id = 111111111111
        sso_role_name = ReadOnly
        region = eu-central-1

        [profile over-sso]
        role_arn = arn:aws:iam::222222222222:role/Second
        source_profile = sso

        [profile nowhere]
        role_arn = arn:aws:iam::111111111111:role/Operator
        source_profile = missing

        [profile circle]
        role_arn = arn:aws:iam::111111111111:role/Operator
        source_profile = circle

        [profile mfa]
        role_arn = arn:aws:iam::111111111111:role/Operator
        source_profile = static
        mfa_serial = arn:aws:iam::111111111111:mfa/me

        """;

    [Theory]
    [InlineData("static", "AKIDSTATIC - eu-west-1", "")]
    [InlineData("role", "AKIDROLE session eu-west-3", "AssumeRole arn:aws:iam::111111111111:role/Operator by AKIDSTATIC")]
    [InlineData("chained", "AKIDROLE session -", "AssumeRole arn:aws:iam::111111111111:role/Operator by AKIDSTATIC, AssumeRole arn:aws:iam::222222222222:role/Second by AKIDROLE")]
    [InlineData("sso", "AKIDSSO session eu-central-1", "GetRoleCredentials 111111111111 ReadOnly by cached-token")]
    [InlineData("over-sso", "AKIDROLE session -", "GetRoleCredentials 111111111111 ReadOnly by cached-token, AssumeRole arn:aws:iam::222222222222:role/Second by AKIDSSO")]
    [InlineData("web", "AKIDWEB session us-west-2", "AssumeRoleWithWebIdentity arn:aws:iam::111111111111:role/Pod by unsigned with a.web.token")]
    [InlineData("process", "AKIDPROCESS session -", "")]
    [InlineData("from-container", "AKIDROLE session -", "container, AssumeRole arn:aws:iam::111111111111:role/Operator by AKIDCONTAINER")]
    public async Task A_profile_gives_its_keys_and_its_region(string profile, string printed, string asked)
    {
        await using var aws = await FakeAws.StartAsync();
        using var home = HomeOf(aws);

        (await home.RunAsync(whoami.Program, profile)).ShouldBe(printed);
        string.Join(", ", aws.Asked).ShouldBe(asked);
    }

    [Fact]
    public async Task The_environment_names_a_profile_as_well_as_the_command_line_does()
    {
        await using var aws = await FakeAws.StartAsync();
        using var home = HomeOf(aws);
        home["AWS_PROFILE"] = "role";

        (await home.RunAsync(whoami.Program)).ShouldBe("AKIDROLE session eu-west-3");
        (await home.RunAsync(whoami.Program, "static")).ShouldBe("AKIDSTATIC - eu-west-1");
    }

    [Fact]
    public async Task Keys_of_the_environment_come_before_AWS_PROFILE_and_after_a_profile_that_is_named()
    {
        await using var aws = await FakeAws.StartAsync();
        using var home = HomeOf(aws);
        home["AWS_ACCESS_KEY_ID"] = "AKIDENVIRONMENT";
        home["AWS_SECRET_ACCESS_KEY"] = "secret";
        home["AWS_PROFILE"] = "static";

        (await home.RunAsync(whoami.Program)).ShouldBe("AKIDENVIRONMENT - eu-west-1");
        (await home.RunAsync(whoami.Program, "static")).ShouldBe("AKIDSTATIC - eu-west-1");
        (await home.RunAsync(whoami.Program, "from-environment")).ShouldBe("AKIDROLE session -");
        aws.Asked.ShouldBe(["AssumeRole arn:aws:iam::111111111111:role/Operator by AKIDENVIRONMENT"]);
    }

    [Fact]
    public async Task Without_a_profile_a_pods_web_identity_a_container_and_an_instance_are_found()
    {
        await using var aws = await FakeAws.StartAsync();
        using (var pod = HomeOf(aws))
        {
            pod["AWS_WEB_IDENTITY_TOKEN_FILE"] = pod.Write("token", "a.web.token");
            pod["AWS_ROLE_ARN"] = "arn:aws:iam::111111111111:role/Pod";
            (await pod.RunAsync(whoami.Program)).ShouldBe("AKIDWEB session eu-north-1");
        }

        using (var container = HomeOf(aws))
        {
            container["AWS_REGION"] = "ap-south-1";
            (await container.RunAsync(whoami.Program)).ShouldBe("AKIDCONTAINER session ap-south-1");
        }

        using var instance = new Home(Config);
        instance["AWS_EC2_METADATA_DISABLED"] = "false";
        instance["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = aws.Url;
        (await instance.RunAsync(whoami.Program)).ShouldBe("AKIDINSTANCE session eu-north-1", string.Join(", ", aws.Asked));
    }

    [Fact]
    public async Task A_sign_in_that_is_over_is_renewed_where_it_can_be_and_else_the_command_is_told()
    {
        await using var aws = await FakeAws.StartAsync();
        using var home = HomeOf(aws);
        const string Over = "SignIn: The sign-in of profile 'sso' (IAM Identity Center) is over, or never was. Run: aws sso login --profile sso";

        home.SignIn("corp", "2020-01-01T00:00:00Z");
        (await home.RunAsync(whoami.Program, "sso")).ShouldBe(Over);
        (await home.RunAsync(whoami.Program, "over-sso")).ShouldContain("Run: aws sso login --profile");
        File.Delete(Directory.GetFiles(Path.Combine(home.Path, ".aws", "sso", "cache")).Single());
        (await home.RunAsync(whoami.Program, "sso")).ShouldBe(Over);
        aws.Asked.ShouldBeEmpty();

        home.SignIn("corp", "2020-01-01T00:00:00Z", ""","clientId":"c","clientSecret":"s","refreshToken":"r","registrationExpiresAt":"2099-01-01T00:00:00Z" """);
        (await home.RunAsync(whoami.Program, "sso")).ShouldBe("AKIDSSO session eu-central-1");
        aws.Asked.ShouldBe(["CreateToken", "GetRoleCredentials 111111111111 ReadOnly by renewed-token"]);

        aws.SsoRefuses = true;
        (await home.RunAsync(whoami.Program, "sso")).ShouldBe(Over);
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_the_remedy_and_without_a_secret()
    {
        await using var aws = await FakeAws.StartAsync();
        using var home = HomeOf(aws);
        home["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "wrong";

        (await home.RunAsync(whoami.Program, "unheard-of")).ShouldStartWith("NoSuchProfile: There is no profile 'unheard-of' in AWS's config and credentials files. Name one of: broken-process, chained, circle,");
        (await home.RunAsync(whoami.Program, "nowhere")).ShouldBe("Setting: The settings of profile 'nowhere' are not whole: Source profile [missing] was not found. Correct AWS's config or credentials file.");
        (await home.RunAsync(whoami.Program, "circle")).ShouldContain("cyclical");
        (await home.RunAsync(whoami.Program, "mfa")).ShouldStartWith("Setting: Profile 'mfa' asks for an MFA code");
        (await home.RunAsync(whoami.Program, "broken-process")).ShouldBe("Refused: The credential_process of profile 'broken-process' failed, or printed no keys. Run that program by hand to see why.");
        aws.StsError = "AccessDenied";
        (await home.RunAsync(whoami.Program, "role")).ShouldBe("Refused: AWS refused keys for profile 'role': AccessDenied. Check the role's trust policy, its name and the external id.");

        using var nothing = new Home("");
        (await nothing.RunAsync(whoami.Program)).ShouldBe("None: There are no AWS credentials in the usual places. Name a profile (--profile, AWS_PROFILE), or make one: aws configure sso");
        nothing["AWS_ACCESS_KEY_ID"] = "AKID";
        (await nothing.RunAsync(whoami.Program)).ShouldStartWith("Setting: AWS_SECRET_ACCESS_KEY is not set.");
    }

    [StraceFact]
    public async Task No_connection_leaves_this_machine()
    {
        await using var aws = await FakeAws.StartAsync();
        using var home = HomeOf(aws);
        foreach (var profile in new[] { "static", "role", "chained", "sso", "over-sso", "web", "process", "from-container", "nowhere" })
        {
            var trace = Path.Combine(home.Path, profile + ".strace");
            await home.RunAsync("strace", "-f", "-e", "trace=connect,sendto,sendmsg", "-o", trace, whoami.Program, profile);

            var addresses = InternetAddress().Matches(await File.ReadAllTextAsync(trace)).Select(match => match.Value).Distinct().ToArray();
            addresses.ShouldAllBe(address => address.Contains("127.0.0.1", StringComparison.Ordinal), $"of profile {profile}");
            (addresses.Length > 0).ShouldBe(profile is not ("static" or "process" or "nowhere"), $"of profile {profile}");
        }
    }

    private static Home HomeOf(FakeAws aws)
    {
        var home = new Home(Config);
        var keys = home.Write("keys.sh", """
            #!/bin/sh
            echo '{"Version":1,"AccessKeyId":"AKIDPROCESS","SecretAccessKey":"secret","SessionToken":"session","Expiration":"2099-01-01T00:00:00Z"}'

            """);
        File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.AppendAllText(Path.Combine(home.Path, "config"), $"""
            [profile process]
            credential_process = {keys}

            [profile broken-process]
            credential_process = /bin/echo hunter2

            [profile web]
            role_arn = arn:aws:iam::111111111111:role/Pod
            web_identity_token_file = {home.Write("token", "a.web.token")}
            region = us-west-2

            """);
        home.SignIn("corp", "2099-01-01T00:00:00Z");
        home["AWS_ENDPOINT_URL"] = aws.Url;
        home["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = $"{aws.Url}/container";
        home["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = FakeAws.ContainerToken;
        return home;
    }

    [GeneratedRegex(@"sin6?_(addr|port)=[^}]*")]
    private static partial Regex InternetAddress();
}

internal sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute() => Skip = File.Exists("/usr/bin/strace") ? null : "strace, which shows every connection, is not installed (Debian: apt-get install strace).";
}
