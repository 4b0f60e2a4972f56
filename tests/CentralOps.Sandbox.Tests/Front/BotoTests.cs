using System.Text.Json;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Front;

/// <summary>boto3 in two ages against a sandbox: what it parsed, and which errors it raised.</summary>
public sealed class BotoTests
{
    [BotoFact(old: true)]
    public Task Debians_boto3_cannot_tell_it_from_aws() => Judge(Tools.DebianPython);

    [BotoFact(old: false)]
    public Task A_current_boto3_cannot_tell_it_from_aws() => Judge(Tools.NewPython!);

    private static async Task Judge(string python)
    {
        await using var organization = await Organization.StartAsync();
        var (exitCode, output, error) = Tools.Run(
            python, [Path.Combine(AppContext.BaseDirectory, "Fixtures", "boto.py"), organization.Server.Url.ToString()], Organization.Environment(organization.Server.Operator));
        exitCode.ShouldBe(0, error);
        var seen = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, JsonElement>>>(output)!;

        JudgeSts(seen["sts"]);
        JudgeEc2(seen["ec2"]);
        JudgeOrganizations(seen["organizations"]);
        JudgeLambda(seen["lambda"]);
        JudgeOthers(seen["others"]);
    }

    private static void JudgeSts(Dictionary<string, JsonElement> seen)
    {
        seen["assumed"].GetString().ShouldBe("arn:aws:sts::222222222222:assumed-role/CentralOpsTargetRole/boto");
        seen["source_identity"].GetString().ShouldBe("someone");
        seen["packed"].GetInt32().ShouldBeInRange(1, 100);
        Text(seen, "chained").ShouldBe("403 AccessDenied: User: arn:aws:sts::222222222222:assumed-role/CentralOpsTargetRole/boto is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::333333333333:role/CentralOpsTargetRole");
        Text(seen, "confined").ShouldEndWith("ec2:DescribeInstances because no session policy allows the ec2:DescribeInstances action");
        Text(seen, "name").ShouldBe(@"400 ValidationError: 1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+=,.@-]*");
        Text(seen, "two").ShouldStartWith("400 ValidationError: 2 validation errors detected: Value 'short' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20; Value 'x'");
        Text(seen, "none").ShouldContain("Value null at 'roleArn' failed to satisfy constraint: Member must not be null");
        Text(seen, "identity").ShouldContain("at 'sourceIdentity' failed");
        Text(seen, "brief").ShouldEndWith("Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900");
        Text(seen, "long").ShouldBe("400 ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        Text(seen, "policy_json").ShouldBe("400 MalformedPolicyDocument: This policy contains invalid Json");
        Text(seen, "policy_long").ShouldEndWith("Member must have length less than or equal to 2048");
        Text(seen, "policy_key").ShouldBe("400 MalformedPolicyDocument: The condition key 'aws:Unknown' is not one that this sandbox evaluates. (statement 1)");
        Text(seen, "policy_arn").ShouldContain("arn:aws:iam::aws:policy/NoSuchAccess does not exist or is not attachable");
        Text(seen, "tags_twice").ShouldStartWith("400 InvalidParameterValue: Duplicate tag keys found.");
        Text(seen, "mfa").ShouldStartWith("403 AccessDenied: MultiFactorAuthentication failed");
        Text(seen, "other").ShouldBe("400 InvalidAction: Could not find operation GetSessionToken for version 2011-06-15");
    }

    private static void JudgeEc2(Dictionary<string, JsonElement> seen)
    {
        seen["pages"].EnumerateArray().Select(page => page.GetInt32()).ShouldBe([7, 7, 7, 7, 7, 7, 7, 7, 2]);
        seen["ids"].GetInt32().ShouldBe(58);
        var estate = Estate.Default.Fleet("222222222222", "us-east-1").Instances.SelectMany(instance => instance.Tags).Where(tag => tag.Key == "Name").Select(tag => tag.Value).ToArray();
        seen["names"].EnumerateArray().Select(name => name.GetString()).ShouldBe(estate);
        estate.ShouldContain(name => HostileNames.All.Contains(name));
        seen["one"].GetInt32().ShouldBe(1);
        Text(seen, "not_found").ShouldBe("400 InvalidInstanceID.NotFound: The instance ID 'i-0123456789abcdef0' does not exist");
        Text(seen, "not_found_two").ShouldBe("400 InvalidInstanceID.NotFound: The instance IDs 'i-0123456789abcdef0, i-01234567' do not exist");
        Text(seen, "malformed").ShouldStartWith("400 InvalidInstanceID.Malformed: ");
        Text(seen, "both").ShouldBe("400 InvalidParameterCombination: The parameter instancesSet cannot be used with the parameter maxResults");
        Text(seen, "few").ShouldStartWith("400 InvalidParameterValue: Value ( 4 ) for parameter maxResults is invalid.");
        Text(seen, "many").ShouldStartWith("400 InvalidParameterValue: Value ( 1001 ) for parameter maxResults is invalid.");
        foreach (var token in new[] { "token", "other_question", "other_region" })
        {
            Text(seen, token).ShouldBe("400 InvalidParameterValue: Unable to parse pagination token");
        }

        Text(seen, "dry_run").ShouldBe("412 DryRunOperation: Request would have succeeded, but DryRun flag is set.");
        Text(seen, "write").ShouldStartWith("403 UnauthorizedOperation: You are not authorized to perform this operation.");
        seen["empty_region"].GetInt32().ShouldBe(0);
        Text(seen, "disabled_region").ShouldStartWith("401 AuthFailure: ");
        seen["regions"].GetInt32().ShouldBe(18);
        seen["all_regions"].GetInt32().ShouldBe(29);
        seen["named_region"][0].GetString().ShouldBe("ec2.eu-west-1.amazonaws.com");
    }

    private static void JudgeOrganizations(Dictionary<string, JsonElement> seen)
    {
        seen["management"].GetString().ShouldBe("100000000000");
        Names(seen["tree"].GetProperty("")).ShouldBe(["Management"]);
        Names(seen["tree"].GetProperty("Workloads").GetProperty("Prod").GetProperty("")).ShouldBe(["Production", "Data Platform", "Payments", "Legacy CRM"]);
        Names(seen["tree"].GetProperty("Workloads").GetProperty("NonProd").GetProperty("")).ShouldBe(["Staging", "Development"]);
        Names(seen["tree"].GetProperty("Suspended").GetProperty("")).ShouldBe(["Sandbox Team"]);
        seen["unit"].GetString().ShouldBe("Prod");
        seen["joined"].GetString().ShouldBe("2018");
        seen["tags"].GetProperty("Environment").GetString().ShouldBe("prod");
        Text(seen, "no_account").ShouldStartWith("400 AccountNotFoundException: ");
        Text(seen, "no_unit").ShouldStartWith("400 OrganizationalUnitNotFoundException: ");
        Text(seen, "no_parent").ShouldStartWith("400 ParentNotFoundException: ");
        Text(seen, "no_child").ShouldStartWith("400 ChildNotFoundException: ");
        Text(seen, "no_target").ShouldStartWith("400 TargetNotFoundException: ");
        Text(seen, "bad_token").ShouldStartWith("400 InvalidInputException: ");
        Text(seen, "bad_page").ShouldStartWith("400 InvalidInputException: ");
        Text(seen, "write").ShouldStartWith("400 AccessDeniedException");

        static IEnumerable<string?> Names(JsonElement list) => list.EnumerateArray().Select(name => name.GetString());
    }

    private static void JudgeLambda(Dictionary<string, JsonElement> seen)
    {
        seen["answer"].GetProperty("a").GetInt32().ShouldBe(1);
        seen["no_payload"].EnumerateObject().ShouldBeEmpty();
        seen["context"].GetString().ShouldBe("""{"custom": {"tool": "echo"}}""");
        seen["arn"].GetString().ShouldBe("arn:aws:lambda:us-east-1:111111111111:function:central-ops-fixture:$LATEST");
        seen["by_arn"].GetInt32().ShouldBe(200);
        seen["by_partial"].GetInt32().ShouldBe(200);
        seen["failed"].GetProperty("error").GetString().ShouldBe("Unhandled");
        seen["failed"].GetProperty("payload").GetString().ShouldBe("""{"errorType": "ValueError", "errorMessage": "no"}""");
        seen["killed"].GetString().ShouldBe("Runtime exited with error: signal: killed\"}");
        seen["after"].ValueKind.ShouldBe(JsonValueKind.Null);
        seen["event"].GetProperty("status").GetInt32().ShouldBe(202);
        seen["event"].GetProperty("payload").GetString().ShouldBeEmpty();
        seen["dry_run"].GetInt32().ShouldBe(204);
        Text(seen, "absent").ShouldBe("404 ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:111111111111:function:central-ops-absent");
        Text(seen, "version").ShouldBe("404 ResourceNotFoundException: Function not found: arn:aws:lambda:us-east-1:111111111111:function:central-ops-fixture:7");
        Text(seen, "elsewhere").ShouldBe("404 ResourceNotFoundException: Functions from 'us-west-2' are not reachable in this region ('us-east-1')");
        Text(seen, "forbidden").ShouldBe("403 AccessDeniedException: User: arn:aws:iam::111111111111:user/Operator is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:us-east-1:111111111111:function:payroll because no identity-based policy allows the lambda:InvokeFunction action");
        Text(seen, "not_json").ShouldStartWith("400 InvalidRequestContentException: Could not parse request body into json");
        Text(seen, "bad_context").ShouldStartWith("400 InvalidRequestContentException: Client context");
        Text(seen, "too_large").ShouldBe("413 RequestTooLargeException: Request must be smaller than 6291456 bytes for the InvokeFunction operation");
        Text(seen, "other").ShouldStartWith("404 UnknownOperationException");
    }

    private static void JudgeOthers(Dictionary<string, JsonElement> seen)
    {
        Text(seen, "route53").ShouldBe("501 NotImplemented: T");
        Text(seen, "sns").ShouldBe("403 AccessDenied: Use");
        Text(seen, "dynamodb").ShouldStartWith("400 AccessDeniedException: U");
        Text(seen, "apigateway").ShouldBe("404");
    }

    private static string Text(Dictionary<string, JsonElement> seen, string name) => seen[name].GetString()!;
}

/// <summary>A fact that needs boto3, Debian's or a current one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BotoFactAttribute : FactAttribute
{
    public BotoFactAttribute(bool old)
    {
        Skip = (old, Tools.NewPython) switch
        {
            (true, _) when !Tools.Has(Tools.DebianPython, "boto3") => "/usr/bin/python3 has no boto3 (Debian: apt-get install python3-boto3).",
            (false, null) => "No python3 with a current boto3 is on the PATH.",
            _ => null,
        };
    }
}
