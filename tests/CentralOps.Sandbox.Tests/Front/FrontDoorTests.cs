using System.Net;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Credentials;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Sandbox.Tests.Front;

/// <summary>What no well-behaved client sends.</summary>
public sealed class FrontDoorTests
{
    [Theory]
    [InlineData("sts", "Action=GetCallerIdentity&Version=2011-06-15", 403, "MissingAuthenticationToken")]
    [InlineData("ec2", "Action=DescribeInstances&Version=2016-11-15", 403, "MissingAuthenticationToken")]
    public async Task A_request_without_a_signature_is_refused(string service, string form, int status, string code)
    {
        await using var organization = await Organization.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, organization.Server.Url)
        {
            Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Host = service + ".us-east-1.amazonaws.com";

        using var response = await http.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldContain($"<Code>{code}</Code>");
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("amazonaws.com.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost:80", HttpStatusCode.OK)]
    [InlineData("sts.us-east-1.amazonaws.com", HttpStatusCode.OK)]
    [InlineData("[::1]:4566", HttpStatusCode.OK)]
    public async Task Only_this_machine_and_aws_names_may_be_the_host(string host, HttpStatusCode expected)
    {
        await using var organization = await Organization.StartAsync();

        var (status, _, _) = await Signed.SendAsync(organization.Server, organization.Server.Operator, "sts", "/", "Action=GetCallerIdentity&Version=2011-06-15", host);

        status.ShouldBe(expected);
    }

    [Fact]
    public async Task A_body_that_was_changed_after_signing_is_refused()
    {
        await using var organization = await Organization.StartAsync();

        var (status, body, _) = await Signed.SendAsync(
            organization.Server, organization.Server.Operator, "sts", "/", "Action=GetCallerIdentity&Version=2011-06-15", sent: "Action=AssumeRole&Version=2011-06-15");

        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldContain("SignatureDoesNotMatch");
    }

    [Fact]
    public async Task A_function_that_is_fully_busy_answers_429_with_the_reason_and_when_to_come_again()
    {
        await using var organization = await Organization.StartAsync();
        organization.Server.Deploy(Lambda.FunctionProcesses.Definition("central-ops-one") with { Concurrency = 1 });
        const string path = "/2015-03-31/functions/central-ops-one/invocations";
        var busy = Signed.SendAsync(organization.Server, organization.Server.Operator, "lambda", path, """{"do":"sleep","seconds":1}""");
        await Eventually.BecomesTrue(() => organization.Server.Processes.Any(process => process.State == "busy"), "the worker is busy");

        var (status, body, headers) = await Signed.SendAsync(organization.Server, organization.Server.Operator, "lambda", path, "{}");

        ((int)status).ShouldBe(429);
        headers.GetValues("Retry-After").ShouldBe(["1"]);
        headers.GetValues("x-amzn-ErrorType").ShouldBe(["TooManyRequestsException"]);
        var error = JsonSerializer.Deserialize<JsonElement>(body);
        error.GetProperty("Reason").GetString().ShouldBe("ReservedFunctionConcurrentInvocationLimitExceeded");
        (await busy).Status.ShouldBe(HttpStatusCode.OK);
    }

    [PythonFact]
    public async Task A_caller_that_goes_away_leaves_its_worker_to_the_next_one()
    {
        await using var organization = await Organization.StartAsync();
        const string path = "/2015-03-31/functions/central-ops-fixture/invocations";
        await Signed.SendAsync(organization.Server, organization.Server.Operator, "lambda", path, "{}");
        var pid = organization.Server.Processes.Single().ProcessId;
        using var leaving = new CancellationTokenSource();
        var left = Signed.SendAsync(organization.Server, organization.Server.Operator, "lambda", path, """{"do":"sleep","seconds":1}""", cancellationToken: leaving.Token);
        await Eventually.BecomesTrue(() => organization.Server.Processes.Single().State == "busy", "the worker is busy");

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);
        await Eventually.BecomesTrue(() => organization.Server.Processes.Single().State == "idle", "the worker is idle again");

        var (_, body, _) = await Signed.SendAsync(organization.Server, organization.Server.Operator, "lambda", path, "{}");
        JsonSerializer.Deserialize<JsonElement>(body).GetProperty("pid").GetInt32().ShouldBe(pid);
    }

    [PythonFact]
    public async Task Stopping_under_load_leaves_no_process()
    {
        int[] pids;
        Task[] calls;
        var organization = await Organization.StartAsync();
        await using (organization)
        {
            calls = [.. Enumerable.Range(0, 6).Select(_ => Signed.SendAsync(
                organization.Server, organization.Server.Operator, "lambda", "/2015-03-31/functions/central-ops-fixture/invocations", """{"do":"sleep","seconds":60}"""))];
            await Eventually.BecomesTrue(() => organization.Server.Processes.Count == 6, "six workers are there");
            pids = [.. organization.Server.Processes.Select(process => process.ProcessId)];
        }

        pids.ShouldAllBe(pid => !Directory.Exists($"/proc/{pid}"));
        organization.Server.Processes.ShouldBeEmpty();
        foreach (var call in calls)
        {
            await Should.ThrowAsync<HttpRequestException>(call);
        }
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused_in_the_services_own_words()
    {
        await using var organization = await Organization.StartAsync();

        var (status, body, _) = await Signed.SendAsync(organization.Server, organization.Server.Operator, "sts", "/", string.Concat(Enumerable.Repeat("a=b&", 200_000)));

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldContain("<Code>InvalidAction</Code>");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_at_the_start()
    {
        await using var organization = await Organization.StartAsync();

        await Should.ThrowAsync<IOException>(SandboxServer.StartAsync(new SandboxOptions { Port = organization.Server.Url.Port }, CancellationToken.None));
    }

    [Theory]
    [InlineData("Name", "has spaces")]
    [InlineData("RoleArn", "arn:aws:iam::111111111111:role/Nobody")]
    [InlineData("RoleArn", "arn:aws:iam::222222222222:role/CentralOpsTargetRole")]
    [InlineData("Command", "/no/such/program")]
    [InlineData("Region", "mars-north-1")]
    public async Task A_function_that_cannot_run_is_not_deployed_and_the_property_is_named(string property, string value)
    {
        await using var organization = await Organization.StartAsync();
        var definition = Lambda.FunctionProcesses.Definition("fine");
        definition = property switch
        {
            "Name" => definition with { Name = value },
            "RoleArn" => definition with { RoleArn = value },
            "Region" => definition with { Region = value },
            _ => definition with { Command = value },
        };

        Should.Throw<ArgumentException>(() => organization.Server.Deploy(definition)).ParamName.ShouldBe(property);
    }

    [PythonTheory]
    [InlineData(null, HttpStatusCode.Forbidden, "because no identity-based policy allows the lambda:InvokeFunction action")]
    [InlineData("arn:aws:iam::111111111111:role/CentralOpsLambdaRole", HttpStatusCode.OK, "{}")]
    [InlineData("arn:aws:iam::111111111111:role/CentralOpsGatewayRole", HttpStatusCode.Forbidden, "because no identity-based policy allows")]
    public async Task A_functions_own_policy_lets_in_whom_it_names(string? named, HttpStatusCode status, string words)
    {
        await using var organization = await Organization.StartAsync();
        organization.Server.Deploy(Lambda.FunctionProcesses.Definition("open") with
        {
            Policy = named is null ? null : $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{named}}"},"Action":"lambda:InvokeFunction","Resource":"arn:aws:lambda:us-east-1:111111111111:function:open"}]}""",
        });
        var caller = organization.Server.SessionOf("arn:aws:iam::111111111111:role/CentralOpsLambdaRole", "tester", TimeSpan.FromHours(1));

        var answer = await Signed.SendAsync(organization.Server, caller, "lambda", "/2015-03-31/functions/open/invocations", "{}");

        answer.Status.ShouldBe(status, answer.Body);
        answer.Body.ShouldContain(words);
    }

    [Fact]
    public async Task Another_accounts_function_needs_a_policy_of_its_own()
    {
        await using var organization = await Organization.StartAsync();

        var answer = await Signed.SendAsync(
            organization.Server, organization.Server.Operator, "lambda", "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A222222222222%3Afunction%3Aopen/invocations", "{}");

        answer.Status.ShouldBe(HttpStatusCode.Forbidden);
        answer.Body.ShouldContain("on resource: arn:aws:lambda:us-east-1:222222222222:function:open because no resource-based policy allows the lambda:InvokeFunction action");
    }
}
