using System.Net;
using System.Text;
using CentralOps.EndToEnd.Tests.Harness;

namespace CentralOps.EndToEnd.Tests.RealAccounts;

/// <summary><c>up --aws</c> and <c>call --aws</c> as they are published, with a sandbox in AWS's place.</summary>
[Collection("up")]
public sealed class RealAccountTests(SharedUp shared) : IDisposable
{
    private readonly Person _person = new(shared.Up.SandboxUrl, (shared.Up.KeyId, shared.Up.Secret));

    public void Dispose() => _person.Dispose();

    [Fact]
    public async Task Static_keys_reach_the_accounts_by_the_target_role()
    {
        var accounts = await _person.CallAsync("operator", "list_accounts");
        accounts.ExitCode.ShouldBe(0, accounts.Error);
        accounts.Json.GetProperty("directory").GetProperty("source").GetString().ShouldBe("organizations");

        var instances = await _person.CallAsync("operator", "describe_ec2_instances", "-a", "Production");
        instances.ExitCode.ShouldBe(0, instances.Error);
        instances.Json.GetProperty("account_id").GetString().ShouldBe("222222222222");
        instances.Json.TryGetProperty("confinement", out _).ShouldBeFalse("a session policy confines it");
    }

    [Fact]
    public async Task What_is_excepted_is_left_out()
    {
        var one = await _person.CallAsync("operator", "describe_ec2_instances", "-a", "222222222222,333333333333", "--except", "Staging");
        one.ExitCode.ShouldBe(0, one.Error);
        one.Json.GetProperty("account_id").GetString().ShouldBe("222222222222");

        var none = await _person.CallAsync("operator", "describe_ec2_instances", "-a", "Staging", "--except", "Staging");
        none.ExitCode.ShouldBe(1, none.Error);
        none.Json.GetProperty("error").GetProperty("stage").GetString().ShouldBe("unknown_account");
    }

    [Fact]
    public async Task A_profile_that_assumes_a_role_knocks_as_that_role()
    {
        KnowOf("333333333333");
        var refused = await _person.CallAsync("reader", "describe_ec2_instances", "-a", "333333333333");
        refused.ExitCode.ShouldBe(1, refused.Error);
        var error = refused.Json.GetProperty("error");
        error.GetProperty("stage").GetString().ShouldBe("assume_role");
        refused.Out.ShouldContain("222222222222", customMessage: "the role that knocked is named");
        error.GetProperty("remedy").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_sign_in_reads_by_a_permission_set_where_the_target_role_is_not_to_be_had()
    {
        await _person.SignInAsync();
        var accounts = await _person.CallAsync("jane", "list_accounts");
        accounts.ExitCode.ShouldBe(0, accounts.Error);

        var instances = await _person.CallAsync("jane", "describe_ec2_instances", "-a", "222222222222");
        instances.ExitCode.ShouldBe(0, instances.Error);
        instances.Json.GetProperty("confinement").GetString().ShouldBe("permission_set");
        instances.Json.GetProperty("not_in_cloudtrail").GetArrayLength().ShouldBe(2);
        instances.Json.GetProperty("instances").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_profile_that_says_itself_that_it_only_reads_there_is_a_way_in()
    {
        await _person.SignInAsync();
        KnowOf("111111111111", "222222222222");
        var reading = await _person.CallAsync("reader", "describe_ec2_instances", "-a", "222222222222");
        reading.ExitCode.ShouldBe(0, reading.Error);
        reading.Json.GetProperty("confinement").GetString().ShouldBe("profile");
        reading.Json.GetProperty("instances").GetArrayLength().ShouldBeGreaterThan(0);

        var administrators = await _person.CallAsync("reader", "describe_ec2_instances", "-a", "111111111111");
        administrators.ExitCode.ShouldBe(1, administrators.Error);
        administrators.Json.GetProperty("error").GetProperty("stage").GetString().ShouldBe("assume_role");
    }

    [Fact]
    public async Task Another_profile_is_a_way_in_where_it_is_named()
    {
        KnowOf("222222222222");
        var named = await _person.CallAsync("reader", "describe_ec2_instances", "-a", "222222222222", "--account-profile", "reader");
        named.ExitCode.ShouldBe(0, named.Error);
        named.Json.GetProperty("confinement").GetString().ShouldBe("profile");

        var twice = await _person.CallAsync("reader", "list_accounts", "--account-profile", "reader", "--account-profile", "reader");
        twice.ExitCode.ShouldNotBe(0);
        twice.Error.ShouldContain("name one profile an account");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(8)]
    public async Task A_sign_in_that_is_over_says_how_to_sign_in_again(int hours)
    {
        // Known to be over, or ended by Identity Center before its time.
        _person.Cache("an-old-token", DateTimeOffset.UtcNow.AddHours(hours));
        var refused = await _person.CallAsync("jane", "list_accounts");
        refused.ExitCode.ShouldNotBe(0);
        refused.Error.ShouldContain("aws sso login --profile jane");
        refused.Error.ShouldNotContain("an-old-token");
    }

    [Fact]
    public async Task A_running_gateway_answers_the_token_and_nobody_else()
    {
        await using var up = await RunningUp.StartAwsAsync(_person.Environment, [], "--profile", "operator", "--verbose");
        (await up.CentralOpsAsync("call", "describe_ec2_instances", "-a", "Production")).ExitCode.ShouldBe(0);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        (await PostAsync(http, up, up.Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var token in new[] { null, "", "wrong", up.Token[..^1], up.Token + "x" })
        {
            using var answer = await PostAsync(http, up, token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, token ?? "none");
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
            var words = await answer.Content.ReadAsStringAsync();
            words.ShouldNotContain("describe_ec2_instances");
            words.ShouldNotContain(up.Token);
        }

        File.GetUnixFileMode(Path.Combine(up.State, "up.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        up.Words.ShouldNotBeEmpty();
        up.Words.ShouldNotContain(up.Token);
        up.Words.ShouldNotContain(shared.Up.Secret);
        (await File.ReadAllTextAsync($"/proc/{up.ProcessId}/cmdline")).ShouldNotContain(up.Token);
    }

    [NeedsFact("strace")]
    public async Task Nothing_but_loopback_is_connected_to()
    {
        await _person.SignInAsync();
        foreach (var profile in new[] { "operator", "reader", "jane" })
        {
            var trace = _person.Write(profile + ".strace", "");
            await using (var up = await RunningUp.StartAwsAsync(_person.Environment, ConnectionTrace.Into(trace), "--profile", profile))
            {
                await up.CentralOpsAsync("call", "describe_ec2_instances", "-a", "222222222222");
            }

            await ConnectionTrace.ShouldBeLoopbackAsync(trace);
        }
    }

    private void KnowOf(params string[] accounts) => _person.Environment["CENTRALOPS_ACCOUNTS_FILE"] =
        _person.Write("accounts.json", $"[{string.Join(',', accounts.Select(id => $$"""{"id": "{{id}}", "name": "Account {{id}}"}"""))}]");

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, RunningUp up, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, up.GatewayUrl)
        {
            Content = new StringContent("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        return http.SendAsync(request);
    }
}
