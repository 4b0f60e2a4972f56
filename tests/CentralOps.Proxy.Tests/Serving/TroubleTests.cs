using CentralOps.Aws.Credentials;
using CentralOps.Proxy.Tests.Fixtures;
using CentralOps.Proxy.Upstreams;
using CentralOps.Sandbox.Faults;

namespace CentralOps.Proxy.Tests.Serving;

public sealed class TroubleTests
{
    [Fact]
    public async Task With_a_server_that_is_not_there_a_client_gets_on_its_feet_and_is_told()
    {
        await using var proxy = await TestProxy.StartAsync(new() { Url = "http://127.0.0.1:1/mcp", Retries = 0 });
        var client = await proxy.Connect().InitializeAsync();
        (await client.AskAsync("ping")).TryGetProperty("result", out _).ShouldBeTrue();
        var listed = (await client.AskAsync("tools/list")).GetProperty("error");
        listed.GetProperty("code").GetInt32().ShouldBe(-32603, "never invalid parameters");
        var words = listed.GetProperty("message").GetString()!;
        words.ShouldStartWith("[network] The MCP server at 127.0.0.1:1 could not be reached: it refused the connection");
        words.ShouldContain("Check the URL");
        (await client.RefusedAsync("aws___list_regions")).ShouldBe(words);
    }

    [Fact]
    public async Task Broken_credentials_are_told_with_the_command_that_mends_them_and_mended_unseen()
    {
        var own = new MendedCredentials();
        await using var proxy = await TestProxy.StartAsync(new() { Own = own });
        own.Good = proxy.Sandbox.Operator;
        var client = await proxy.Connect().InitializeAsync();
        var words = (await client.AskAsync("tools/list")).GetProperty("error").GetProperty("message").GetString()!;
        words.ShouldContain("The sign-in of profile ops is over.");
        words.ShouldContain("Run: aws sso login --profile ops");
        proxy.Server.Received.ShouldBeEmpty();

        own.Mended = true;
        await Eventually(async () => (await client.AskAsync("tools/list")).TryGetProperty("result", out _));
        await client.ToldAsync("aws___list_regions");
    }

    [Fact]
    public async Task A_role_that_does_not_let_the_proxy_in_is_told_with_its_account()
    {
        await using var proxy = await TestProxy.StartAsync();
        proxy.Sandbox.Faults.Add(new Fault(FaultKind.Deny) { Service = "sts", Operation = "AssumeRole" });
        var client = await proxy.Connect().InitializeAsync();
        var words = await client.RefusedAsync("aws___list_regions");
        words.ShouldStartWith("[assume_role] The role arn:aws:iam::111111111111:role/CentralOpsTargetRole could not be assumed");
        words.ShouldContain("--account ID");
    }

    [Fact]
    public async Task A_server_that_refuses_the_signature_is_told_as_that()
    {
        await using var proxy = await TestProxy.StartAsync();
        proxy.Server.Before = (_, context) =>
        {
            context.Response.StatusCode = 403;
            return Task.FromResult(true);
        };
        var client = await proxy.Connect().InitializeAsync();
        var words = await client.RefusedAsync("aws___list_regions");
        words.ShouldStartWith("[access]");
        words.ShouldContain("CentralOpsTargetRole in account 111111111111");
        words.ShouldContain("aws-mcp in us-east-1");
        words.ShouldNotContain("gateway");
    }

    [Fact]
    public async Task A_session_that_the_server_lost_is_made_anew_unseen()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        await client.ToldAsync("aws___list_regions");
        proxy.Server.ForgetSessions();
        await client.ToldAsync("aws___list_regions");
        proxy.Server.Calls.Select(static call => call.Session).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Sessions_that_end_after_seconds_are_renewed_unseen()
    {
        await using var proxy = await TestProxy.StartAsync();
        proxy.Sandbox.Faults.Add(new Fault(FaultKind.SessionLifetime) { Seconds = 2 });
        var client = await proxy.Connect().InitializeAsync();
        var until = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(until) < TimeSpan.FromSeconds(6))
        {
            await client.ToldAsync("aws___list_regions", """{"account_id":"222222222222"}""");
        }

        proxy.Server.Calls.Select(static call => call.KeyId).Distinct().Count().ShouldBeGreaterThan(1);
        proxy.Server.Calls.Select(static call => call.Session).Distinct().Count().ShouldBe(1, "the session at the server is its identity's, whatever the key");
    }

    [Fact]
    public async Task A_key_that_the_server_refuses_before_its_end_is_renewed()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        await client.ToldAsync("aws___list_regions");
        var first = proxy.Server.Calls.Single().KeyId;
        // Ten seconds are needed for a key to count as old; a key that is refused at once is not the reason.
        await Task.Delay(TimeSpan.FromSeconds(10.5));
        proxy.Server.Before = (call, context) =>
        {
            context.Response.StatusCode = call.KeyId == first ? 403 : 200;
            return Task.FromResult(call.KeyId == first);
        };
        var answered = client.CallAsync("aws___list_regions");
        var result = await answered;
        result.TryGetProperty("isError", out var isError).ShouldBeFalse(isError.ToString());
        proxy.Server.Calls.Last().KeyId.ShouldNotBe(first);
    }

    [Fact]
    public async Task Throttles_are_waited_for()
    {
        await using var proxy = await TestProxy.StartAsync(new() { Quotas = UpstreamQuotas.AwsMcpServer });
        proxy.Server.PerSecond = 3;
        var client = await proxy.Connect().InitializeAsync();
        var calls = Enumerable.Range(0, 12).Select(number => client.ToldAsync("aws___list_regions", $$"""{"account_id":"{{(number % 2 == 0 ? "222222222222" : "333333333333")}}"}"""));
        await Task.WhenAll(calls);
        (proxy.Server.Calls.Count() - proxy.Server.Throttled).ShouldBeLessThanOrEqualTo(12, "no call runs twice");
    }

    [Fact]
    public async Task A_throttle_that_does_not_end_is_named_as_one()
    {
        await using var proxy = await TestProxy.StartAsync(new() { Timeout = TimeSpan.FromSeconds(4) });
        proxy.Server.PerSecond = 0;
        var client = await proxy.Connect().InitializeAsync();
        var words = await client.RefusedAsync("aws___list_regions");
        words.ShouldStartWith("[throttled]");
        words.ShouldContain("Ask again in a few seconds");
        proxy.Server.Throttled.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_when_the_time_is_up()
    {
        await using var proxy = await TestProxy.StartAsync(new() { Timeout = TimeSpan.FromSeconds(2), Retries = 0 });
        var client = await proxy.Connect().InitializeAsync();
        await client.ToldAsync("aws___list_regions");
        proxy.Server.Answer = static async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(30));
            return "\"result\":{}";
        };
        (await client.RefusedAsync("aws___list_regions")).ShouldStartWith("[deadline]");
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again_where_nothing_can_be_done_twice()
    {
        await using var proxy = await TestProxy.StartAsync();
        var broken = 0;
        proxy.Server.Before = (call, context) =>
        {
            var breaks = call.Method is "tools/call" && Interlocked.Increment(ref broken) <= 2;
            if (breaks)
            {
                context.Abort();
            }

            return Task.FromResult(breaks);
        };
        var client = await proxy.Connect().InitializeAsync();
        await client.ToldAsync("aws___run_script", """{"code":"1"}""");
        proxy.Server.Calls.Count().ShouldBe(3);
    }

    [Fact]
    public async Task Without_confinement_only_what_says_that_it_can_is_called_again()
    {
        await using var proxy = await TestProxy.StartAsync(new() { Unconfined = true });
        proxy.Server.Before = (call, context) =>
        {
            if (call.Method is "tools/call")
            {
                context.Abort();
            }

            return Task.FromResult(call.Method is "tools/call");
        };
        var client = await proxy.Connect().InitializeAsync();
        (await client.RefusedAsync("aws___run_script", """{"code":"1"}""")).ShouldStartWith("[network]");
        proxy.Server.Calls.Count().ShouldBe(1, "a script may have run");
        (await client.RefusedAsync("aws___list_regions")).ShouldStartWith("[network]");
        proxy.Server.Calls.Count().ShouldBe(4, "a tool that only reads is asked three times");
    }

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (await condition())
            {
                return;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException("It did not come true in a minute.");
    }

    private sealed class MendedCredentials : ICredentialSource
    {
        public AwsCredentials? Good { get; set; }

        public bool Mended { get; set; }

        public ValueTask<AwsCredentials> GetAsync(CancellationToken cancellationToken) => Mended
            ? new(Good!)
            : throw new CredentialException(CredentialProblem.SignIn, "The sign-in of profile ops is over.", "Run: aws sso login --profile ops");

        public ValueTask<AwsCredentials?> RenewAsync(AwsCredentials expired, CancellationToken cancellationToken) => new((AwsCredentials?)null);
    }
}
