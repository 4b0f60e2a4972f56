using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CentralOps.Functions.Tests.Fixtures;

namespace CentralOps.Functions.Tests;

/// <summary>What the binary owes to the Lambda runtime API, whatever AWS says.</summary>
public sealed class FunctionContractTests
{
    [Fact]
    public async Task An_unknown_tool_is_an_error_that_names_the_tools_there_are()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, null, null);
        var outcome = await api.InvokeAsync("ec2___terminate_everything", "{}");
        outcome.IsError.ShouldBeTrue();
        outcome.Text("errorType").ShouldBe("UnknownTool");
        outcome.Text("errorMessage").ShouldBe("This function has no tool 'terminate_everything'. It has describe_ec2_instances, describe_ec2_vpcs, describe_ec2_security_groups.");
        outcome.Body.GetProperty("stackTrace").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("central-ops-ec2", "bootstrap", "It has describe_ec2_instances, describe_ec2_vpcs, describe_ec2_security_groups.")]
    [InlineData("central-ops-accounts", "bootstrap", "It has list_accounts, get_account_metadata.")]
    [InlineData("central-ops-describe-ec2-instances", "", "It has describe_ec2_instances.")]
    [InlineData("anything", "list_accounts", "It has list_accounts.")]
    [InlineData("central-ops-ec2", "accounts", "It has list_accounts, get_account_metadata.")]
    public async Task A_function_serves_the_tools_of_its_subject_and_no_others(string name, string handler, string serves)
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, null, null, ("AWS_LAMBDA_FUNCTION_NAME", name), ("_HANDLER", handler));
        (await api.InvokeAsync("x___y", "{}")).Text("errorMessage")!.ShouldEndWith(serves);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"custom":"x"}""")]
    [InlineData("""{"custom":{"bedrockAgentCoreToolName":7}}""")]
    [InlineData("""{"custom":{"bedrockagentcoreToolName":"ec2___describe_ec2_instances"}}""")]
    public async Task A_call_without_a_tools_name_is_an_error_that_says_what_is_missing(string? clientContext)
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, null, null);
        var outcome = await api.InvokeRawAsync(clientContext, "{}");
        outcome.Text("errorType").ShouldBe("NoToolName");
        outcome.Text("errorMessage")!.ShouldContain("custom.bedrockAgentCoreToolName");
    }

    [Fact]
    public async Task Only_the_first_separator_parts_target_and_tool()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, null, null);
        (await api.InvokeAsync("ec2___odd___name", "{}")).Text("errorMessage")!.ShouldContain("'odd___name'");
    }

    [Fact]
    public async Task Bad_arguments_are_an_answer_and_not_an_error()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, null, null);
        var outcome = await api.InvokeAsync("ec2___describe_ec2_instances", "not json");
        outcome.IsError.ShouldBeFalse();
        outcome.Text("error", "stage").ShouldBe("arguments");
    }

    [Fact]
    public async Task AWS_that_cannot_be_reached_is_an_answer_and_the_next_call_works_on()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, null, null);
        for (var call = 0; call < 2; call++)
        {
            var outcome = await api.InvokeAsync("ec2___describe_ec2_instances", """{"account_id":"222222222222"}""");
            outcome.IsError.ShouldBeFalse();
            outcome.Text("error", "code").ShouldBe("ConnectionRefused");
        }
    }

    [Fact]
    public async Task An_AWS_that_never_answers_is_told_before_Lambda_would_end_the_process()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, null, new Uri($"http://{silent.LocalEndpoint}"));
        (await api.InvokeAsync("x___y", "{}")).IsError.ShouldBeTrue();

        var watch = Stopwatch.StartNew();
        var outcome = await api.InvokeAsync("ec2___describe_ec2_instances", """{"account_id":"222222222222"}""", timeout: TimeSpan.FromSeconds(2));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        outcome.IsError.ShouldBeFalse();
        outcome.Text("account_id").ShouldBe("222222222222");
        outcome.Text("error", "code").ShouldBe("DeadlineExceeded");
    }

    [Fact]
    public async Task Settings_that_are_wrong_are_an_init_error_that_names_them_all()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(
            api, null, null, ("CENTRALOPS_DIRECTORY_ACCOUNT", "eleven"), ("AWS_REGION", "nowhere"), ("AWS_ACCESS_KEY_ID", null), ("CENTRALOPS_TARGET_ROLE", "R'; rm"), ("AWS_LAMBDA_FUNCTION_NAME", "mystery"));
        var error = await api.InitError.WaitAsync(TimeSpan.FromSeconds(20));
        error.GetProperty("errorType").GetString().ShouldBe("InitFailed");
        foreach (var name in new[] { "CENTRALOPS_DIRECTORY_ACCOUNT", "AWS_REGION", "AWS_ACCESS_KEY_ID", "CENTRALOPS_TARGET_ROLE", "handler" })
        {
            error.GetProperty("errorMessage").GetString()!.ShouldContain(name);
        }

        (await function.ExitAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task When_the_runtime_API_goes_away_the_process_ends_well()
    {
        var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, null, null);
        (await api.InvokeAsync("x___y", "{}")).IsError.ShouldBeTrue();
        await api.DisposeAsync();
        (await function.ExitAsync()).ShouldBe(0, function.Errors);
        function.Errors.Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_runtime_API_it_says_what_it_is()
    {
        await using var function = RunningFunction.Start(null, null, null);
        (await function.ExitAsync()).ShouldBe(2);
        function.Errors.ShouldContain("AWS_LAMBDA_RUNTIME_API");
    }

    [Fact]
    public async Task Interrupt_is_ignored_and_terminate_ends()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, null, null);
        (await api.InvokeAsync("x___y", "{}")).IsError.ShouldBeTrue();
        function.Signal("INT");
        (await api.InvokeAsync("x___y", "{}")).IsError.ShouldBeTrue();
        function.HasExited.ShouldBeFalse();
        function.Signal("TERM");
        await function.ExitAsync();
    }

    [Fact]
    public async Task Accounts_can_come_from_a_file()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, """[{"id":"222222222222","name":"Production"},{"id":"333333333333","name":"Staging","status":"SUSPENDED"}]""");
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(
            api, null, null, ("CENTRALOPS_ACCOUNTS_FILE", path), ("CENTRALOPS_DIRECTORY_ACCOUNT", null), ("_HANDLER", "list_accounts"));
        var outcome = await api.InvokeAsync("list_accounts", "{}");
        outcome.Body.GetProperty("account_count").GetInt32().ShouldBe(2);
        File.Delete(path);
    }
}
