using System.Text.Json;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Front;

public sealed class AwsCliTests
{
    [AwsCliFact]
    public async Task The_operator_assumes_the_role_in_production_and_describes_its_instances()
    {
        await using var organization = await Organization.StartAsync();
        var session = organization.Assume(organization.Server.Operator, Organization.TargetInProduction);

        var (identity, _) = organization.Aws(session, ["sts", "get-caller-identity"]);
        identity.GetProperty("Arn").GetString().ShouldBe("arn:aws:sts::222222222222:assumed-role/CentralOpsTargetRole/tester");
        var (answer, error) = organization.Aws(session, ["ec2", "describe-instances"]);
        error.ShouldBeEmpty();
        var instances = Instances(answer);
        instances.Length.ShouldBe(58);
        instances[0].GetProperty("InstanceId").GetString()!.ShouldMatch("^i-0[0-9a-f]{16}$");
        DateTimeOffset.Parse(instances[0].GetProperty("LaunchTime").GetString()!).Year.ShouldBeInRange(2024, 2026);
        answer.GetProperty("Reservations").GetArrayLength().ShouldBeLessThan(58);
    }

    [AwsCliFact]
    public async Task Pages_of_five_hold_every_instance_once()
    {
        await using var organization = await Organization.StartAsync();
        var session = organization.Assume(organization.Server.Operator, Organization.TargetInProduction);

        var (answer, _) = organization.Aws(session, ["ec2", "describe-instances", "--page-size", "5"]);
        var ids = Instances(answer).Select(instance => instance.GetProperty("InstanceId").GetString()).ToArray();

        ids.Length.ShouldBe(58);
        ids.Distinct().Count().ShouldBe(58);
    }

    [AwsCliFact]
    public async Task Filters_keep_what_they_name()
    {
        await using var organization = await Organization.StartAsync();
        var session = organization.Assume(organization.Server.Operator, Organization.TargetInProduction);

        var (answer, _) = organization.Aws(session, ["ec2", "describe-instances", "--filters", "Name=instance-state-name,Values=running,stopped", "Name=tag:Name,Values=prod-web-*"]);
        var instances = Instances(answer);
        instances.ShouldNotBeEmpty();
        instances.Select(instance => instance.GetProperty("State").GetProperty("Name").GetString()).Distinct().ShouldBeSubsetOf(["running", "stopped"]);
        instances.ShouldAllBe(instance => instance.GetProperty("Tags").EnumerateArray().Any(tag => tag.GetProperty("Value").GetString()!.StartsWith("prod-web-")));

        organization.Aws(session, ["ec2", "describe-instances", "--filters", "Name=colour,Values=red"]).Error
            .ShouldBe("An error occurred (InvalidParameterValue) when calling the DescribeInstances operation: The filter 'colour' is invalid");
    }

    [AwsCliFact]
    public async Task A_wrong_secret_is_refused_by_every_service()
    {
        await using var organization = await Organization.StartAsync();
        var wrong = organization.Server.Operator with { SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };

        organization.Aws(wrong, ["sts", "get-caller-identity"]).Error.ShouldContain("(SignatureDoesNotMatch)");
        organization.Aws(wrong, ["ec2", "describe-instances"]).Error.ShouldContain("(AuthFailure)");
        organization.Aws(wrong, ["organizations", "list-accounts"]).Error.ShouldContain("(InvalidSignatureException)");
        organization.Aws(wrong, ["lambda", "invoke", "--function-name", "central-ops-fixture", "/dev/null"]).Error.ShouldContain("(InvalidSignatureException)");
    }

    [AwsCliFact]
    public async Task An_expired_session_is_told_so()
    {
        await using var organization = await Organization.StartAsync();
        var expired = organization.Server.SessionOf(Organization.TargetInProduction, "late", TimeSpan.FromSeconds(-1));

        organization.Aws(expired, ["sts", "get-caller-identity"]).Error.ShouldContain("(ExpiredToken)");
        organization.Aws(expired, ["ec2", "describe-instances"]).Error.ShouldContain("(RequestExpired)");
        organization.Aws(expired, ["organizations", "list-accounts"]).Error.ShouldContain("(ExpiredTokenException)");
    }

    [AwsCliFact]
    public async Task A_session_policy_confines_the_session()
    {
        await using var organization = await Organization.StartAsync();
        const string regionsOnly = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:DescribeRegions","Resource":"*"},{"Effect":"Deny","NotAction":"ec2:DescribeRegions","Resource":"*"}]}""";
        var session = organization.Assume(organization.Server.Operator, Organization.TargetInProduction, "--policy", regionsOnly);

        organization.Aws(session, ["ec2", "describe-regions"]).Error.ShouldBeEmpty();
        organization.Aws(session, ["ec2", "describe-instances"]).Error.ShouldBe(
            "An error occurred (UnauthorizedOperation) when calling the DescribeInstances operation: You are not authorized to perform this operation. "
            + "User: arn:aws:sts::222222222222:assumed-role/CentralOpsTargetRole/tester is not authorized to perform: ec2:DescribeInstances with an explicit deny in a session policy");
    }

    [AwsCliFact]
    public async Task An_account_without_the_role_a_suspended_one_and_one_that_is_not_there_read_alike()
    {
        await using var organization = await Organization.StartAsync();
        foreach (var account in new[] { "131313131313", "141414141414", "100000000000", "123456789012" })
        {
            var arn = $"arn:aws:iam::{account}:role/CentralOpsTargetRole";
            organization.Aws(organization.Server.Operator, ["sts", "assume-role", "--role-arn", arn, "--role-session-name", "tester"]).Error.ShouldBe(
                $"An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::111111111111:user/Operator is not authorized to perform: sts:AssumeRole on resource: {arn}");
        }
    }

    [AwsCliFact]
    public async Task The_organization_pages_and_only_its_administrators_may_ask()
    {
        await using var organization = await Organization.StartAsync();
        var administrator = organization.Assume(organization.Server.Operator, "arn:aws:iam::111111111111:role/CentralOpsTargetRole");
        var member = organization.Assume(organization.Server.Operator, Organization.TargetInProduction);

        var (answer, error) = organization.Aws(administrator, ["organizations", "list-accounts", "--page-size", "4"]);
        error.ShouldBeEmpty();
        var accounts = answer.GetProperty("Accounts").EnumerateArray().ToDictionary(account => account.GetProperty("Id").GetString()!, account => account.GetProperty("Status").GetString());
        accounts.Count.ShouldBe(13);
        accounts["141414141414"].ShouldBe("SUSPENDED");
        organization.Aws(administrator, ["organizations", "list-accounts", "--starting-token", "eyJOZXh0VG9rZW4iOiAibm9uc2Vuc2UifQ=="]).Error.ShouldContain("(InvalidInputException)");
        organization.Aws(administrator, ["organizations", "describe-account", "--account-id", "123456789012"]).Error.ShouldContain("(AccountNotFoundException)");
        organization.Aws(member, ["organizations", "list-accounts"]).Error.ShouldContain("(AccessDeniedException)");
    }

    [AwsCliFact]
    public async Task A_function_is_invoked_with_its_log()
    {
        await using var organization = await Organization.StartAsync();
        var file = Path.GetTempFileName();

        var (answer, error) = organization.Aws(
            organization.Server.Operator,
            ["lambda", "invoke", "--function-name", "central-ops-fixture", "--cli-binary-format", "raw-in-base64-out", "--payload", """{"do":"print","text":"spoken"}""", "--log-type", "Tail", file]);

        error.ShouldBeEmpty();
        answer.GetProperty("StatusCode").GetInt32().ShouldBe(200);
        answer.GetProperty("ExecutedVersion").GetString().ShouldBe("$LATEST");
        var log = System.Text.Encoding.UTF8.GetString(answer.GetProperty("LogResult").GetBytesFromBase64());
        log.ShouldStartWith("START RequestId: ");
        log.ShouldContain("spoken\nEND RequestId: ");
        JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(file)).GetProperty("event").GetProperty("text").GetString().ShouldBe("spoken");
        File.Delete(file);
    }

    private static JsonElement[] Instances(JsonElement answer) =>
        [.. answer.GetProperty("Reservations").EnumerateArray().SelectMany(reservation => reservation.GetProperty("Instances").EnumerateArray())];
}
