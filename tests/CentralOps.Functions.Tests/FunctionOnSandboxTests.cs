using CentralOps.Functions.Tests.Fixtures;

namespace CentralOps.Functions.Tests;

/// <summary>The binary over the runtime API, with the sandbox organization behind it.</summary>
public sealed class FunctionOnSandboxTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    [Fact]
    public async Task Instances_of_a_member_account_are_described_cold_and_warm()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, sandbox.FunctionRole, sandbox.Url);
        for (var call = 0; call < 3; call++)
        {
            var outcome = await api.InvokeAsync("ec2___describe_ec2_instances", """{"account_id":"222222222222","limit":5}""");
            outcome.IsError.ShouldBeFalse(function.Errors);
            outcome.Body.GetProperty("account_id").GetString().ShouldBe("222222222222");
            outcome.Body.GetProperty("instances").GetArrayLength().ShouldBe(5, outcome.Body.GetRawText());
        }
    }

    [Fact]
    public async Task All_instances_come_through_pages_of_any_size_once_each()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, sandbox.FunctionRole, sandbox.Url);
        var all = (await api.InvokeAsync("describe_ec2_instances", """{"account_id":"Production","limit":1000}""")).Body;
        var ids = new List<string?>();
        string? token = null;
        do
        {
            var page = (await api.InvokeAsync("describe_ec2_instances", $$"""{"account_id":"Production","limit":7{{(token is null ? "" : $",\"next_token\":\"{token}\"")}}}""")).Body;
            ids.AddRange(page.GetProperty("instances").EnumerateArray().Select(static instance => instance.GetProperty("InstanceId").GetString()));
            token = page.GetProperty("next_token").GetString();
        }
        while (token is not null);

        ids.ShouldBe(all.GetProperty("instances").EnumerateArray().Select(static instance => instance.GetProperty("InstanceId").GetString()));
        ids.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task The_account_without_the_role_and_the_suspended_one_tell_their_own_stage_and_remedy()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, sandbox.FunctionRole, sandbox.Url);

        var shut = await api.InvokeAsync("ec2___describe_ec2_instances", """{"account_id":"131313131313"}""");
        shut.IsError.ShouldBeFalse();
        shut.Text("error", "stage").ShouldBe("assume_role");
        shut.Text("error", "remedy")!.ShouldContain("arn:aws:iam::111111111111:role/CentralOpsLambdaRole");

        var suspended = await api.InvokeAsync("ec2___describe_ec2_instances", """{"account_id":"141414141414"}""");
        suspended.Text("error", "stage").ShouldBe("account_suspended");
        suspended.Text("account_id").ShouldBe("141414141414");
    }

    [Fact]
    public async Task Accounts_are_listed_with_their_units_and_whether_they_are_reachable()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, sandbox.FunctionRole, sandbox.Url, ("AWS_LAMBDA_FUNCTION_NAME", "central-ops-accounts"));
        var outcome = await api.InvokeAsync("accounts___list_accounts", """{"check_access":true}""");
        outcome.IsError.ShouldBeFalse(function.Errors);
        var accounts = outcome.Body.GetProperty("accounts").EnumerateArray().ToDictionary(static account => account.GetProperty("Id").GetString()!);
        accounts["222222222222"].GetProperty("OrganizationalUnit").GetString().ShouldBe("Workloads/Prod");
        accounts["222222222222"].GetProperty("Access").GetProperty("reachable").GetBoolean().ShouldBeTrue(outcome.Body.GetRawText());
        accounts["131313131313"].GetProperty("Access").GetProperty("stage").GetString().ShouldBe("assume_role");
        accounts["141414141414"].GetProperty("Access").GetProperty("stage").GetString().ShouldBe("account_suspended");
    }

    [Fact]
    public async Task A_wrong_secret_is_told_as_the_functions_own()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, sandbox.FunctionRole, sandbox.Url, ("AWS_SECRET_ACCESS_KEY", "wrong"));
        var outcome = await api.InvokeAsync("describe_ec2_instances", """{"account_id":"222222222222"}""");
        outcome.Text("error", "stage").ShouldBe("directory");
        outcome.Text("error", "code").ShouldBe("SignatureDoesNotMatch");
        outcome.Body.GetRawText().ShouldNotContain("wrong");
    }
}
