using System.Net;
using CentralOps.Gateway.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Gateway.Tests.Callers;

/// <summary>A provider's keys as they come and go, and a provider that does not behave.</summary>
public sealed class ProviderKeysTests
{
    private static readonly TestKey First = TestKey.New("ES256", "first");
    private static readonly TestKey Second = TestKey.New("ES256", "second");

    private readonly ManualTime _time = new();

    [Fact]
    public async Task Keys_are_read_once_for_all_callers_who_come_together()
    {
        await using var issuer = await TestIssuer.StartAsync(First);
        await using var gateway = await JwtGateway.StartAsync(issuer, _time);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => gateway.CallAsync(Token(issuer, First, $"user-{i}"))));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        issuer.Readings.ShouldBe(1);
    }

    [Fact]
    public async Task A_provider_that_changes_its_key_loses_no_call()
    {
        await using var issuer = await TestIssuer.StartAsync(First);
        await using var gateway = await JwtGateway.StartAsync(issuer, _time);
        var old = Token(issuer, First);
        (await gateway.CallAsync(old)).Status.ShouldBe(HttpStatusCode.OK);

        // Published and used at the same moment: the key is read when the first token of it comes.
        issuer.Publish(Second);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => gateway.CallAsync(i % 2 == 0 ? old : Token(issuer, Second, $"user-{i}"))));

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        issuer.Readings.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_that_is_withdrawn_stops_working_within_minutes_for_remembered_tokens_too()
    {
        await using var issuer = await TestIssuer.StartAsync(First, Second);
        await using var gateway = await JwtGateway.StartAsync(issuer, _time);
        var claims = issuer.Claims(_time.GetUtcNow());
        claims["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() + 36_000;
        var token = First.Token(claims);
        (await gateway.CallAsync(token)).Status.ShouldBe(HttpStatusCode.OK);

        issuer.Withdraw(First);
        _time.Advance(TimeSpan.FromMinutes(4));
        (await gateway.CallAsync(token)).Status.ShouldBe(HttpStatusCode.OK);
        issuer.Readings.ShouldBe(1);

        // At six minutes calls wait for the keys; nobody asked in between.
        _time.Advance(TimeSpan.FromMinutes(2));
        (await gateway.CallAsync(token)).Challenge.ShouldContain("a key that its provider does not publish");
        (await gateway.CallAsync(Token(issuer, Second))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_flood_of_unknown_key_ids_costs_the_provider_one_reading_in_ten_seconds()
    {
        await using var issuer = await TestIssuer.StartAsync(First);
        await using var gateway = await JwtGateway.StartAsync(issuer, _time);
        (await gateway.CallAsync(Token(issuer, First))).Status.ShouldBe(HttpStatusCode.OK);

        for (var round = 0; round < 3; round++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => gateway.CallAsync(
                First.Token(issuer.Claims(_time.GetUtcNow()), head => head["kid"] = $"made-up-{round}-{i}"))));
            answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Unauthorized);
            issuer.Readings.ShouldBe(2 + round);
        }

        (await gateway.CallAsync(Token(issuer, First))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_the_provider_is_away_its_keys_are_good_for_an_hour_and_no_call_waits_for_it()
    {
        await using var issuer = await TestIssuer.StartAsync(First);
        await using var gateway = await JwtGateway.StartAsync(issuer, _time);
        (await gateway.CallAsync(Token(issuer, First))).Status.ShouldBe(HttpStatusCode.OK);

        issuer.Instead = static context =>
        {
            context.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        foreach (var minutes in new[] { 5, 10, 44 })
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            (await gateway.CallAsync(Token(issuer, First))).Status.ShouldBe(HttpStatusCode.OK, $"{minutes}");
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        var answer = await gateway.CallAsync(Token(issuer, First));
        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Message.ShouldBe("The gateway cannot read the keys of its OpenID provider. Retry the request.");
        gateway.Logs.Lines.ShouldContain(line => line.Text.Contains("could not be read", StringComparison.Ordinal));

        issuer.Instead = null;
        _time.Advance(TimeSpan.FromSeconds(10));
        (await gateway.CallAsync(Token(issuer, First))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_provider_that_never_answers_is_given_up_after_five_seconds()
    {
        using var over = new CancellationTokenSource();
        await using var issuer = await TestIssuer.StartAsync(First);
        issuer.Instead = async context =>
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, over.Token);
            await Task.Delay(Timeout.Infinite, either.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            return true;
        };
        await using var gateway = await JwtGateway.StartAsync(issuer, _time);

        var waiting = gateway.CallAsync(Token(issuer, First));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _time.UntilAwaitedAsync(TimeSpan.FromSeconds(5), patience.Token);
        _time.Advance(TimeSpan.FromSeconds(5));

        (await waiting).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await over.CancelAsync();
    }

    [Fact]
    public async Task A_gateway_that_starts_before_its_provider_asks_again_soon()
    {
        await using var issuer = await TestIssuer.StartAsync(First);
        issuer.Instead = static context =>
        {
            context.Response.StatusCode = 500;
            return Task.FromResult(true);
        };
        await using var gateway = await JwtGateway.StartAsync(issuer, _time);
        (await gateway.CallAsync(Token(issuer, First))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        issuer.Instead = null;
        (await gateway.CallAsync(Token(issuer, First))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        _time.Advance(TimeSpan.FromSeconds(2));
        (await gateway.CallAsync(Token(issuer, First))).Status.ShouldBe(HttpStatusCode.OK);
    }

    public static TheoryData<string> Hostile => [.. Answers.Keys];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task A_provider_that_breaks_its_protocol_admits_nobody(string name)
    {
        var (break_, words) = Answers[name];
        await using var issuer = await TestIssuer.StartAsync(First);
        break_(issuer);
        await using var gateway = await JwtGateway.StartAsync(issuer, _time);

        (await gateway.CallAsync(Token(issuer, First))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        gateway.Logs.Lines.ShouldContain(line => line.Text.Contains(words, StringComparison.Ordinal));
        gateway.Callers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_provider_whose_issuer_is_not_its_url_is_taken_where_the_switch_says_so()
    {
        await using var issuer = await TestIssuer.StartAsync(First);
        issuer.Discovery = static document => document["issuer"] = "https://login.example/{tenantid}/v2.0";
        await using var gateway = await JwtGateway.StartAsync(
            issuer, _time, configure: static config => config with { Switches = new() { IssuerMatchesDiscovery = false } });
        var claims = issuer.Claims(_time.GetUtcNow());
        claims["iss"] = "https://login.example/{tenantid}/v2.0";
        (await gateway.CallAsync(First.Token(claims))).Status.ShouldBe(HttpStatusCode.OK);
        (await gateway.CallAsync(Token(issuer, First))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static readonly Dictionary<string, (Action<TestIssuer> Break, string Words)> Answers = new(StringComparer.Ordinal)
    {
        ["issuer of another"] = (i => i.Discovery = d => d["issuer"] = "https://attacker.example", "issuer is not what stands before"),
        ["issuer missing"] = (i => i.Discovery = d => d.Remove("issuer"), "issuer is not what stands before"),
        ["keys over http elsewhere"] = (i => i.Discovery = d => d["jwks_uri"] = "http://keys.example/jwks", "jwks_uri is not an https URL"),
        ["keys in a file"] = (i => i.Discovery = d => d["jwks_uri"] = "file:///etc/passwd", "jwks_uri is not an https URL"),
        ["keys missing"] = (i => i.Discovery = d => d.Remove("jwks_uri"), "jwks_uri is not an https URL"),
        ["keys behind a redirect"] = (i => i.Instead = c => Redirect(c, "/jwks", i.Issuer + "/other"), "key set was answered with HTTP status 302"),
        ["discovery behind a redirect"] = (i => i.Instead = c => Redirect(c, "/.well-known/openid-configuration", i.Issuer + "/other"), "discovery document was answered with HTTP status 302"),
        ["discovery not JSON"] = (i => i.Instead = c => Say(c, "/.well-known/openid-configuration", "<html>"), "discovery document is not one JSON object"),
        ["discovery with two issuers"] = (i => i.Instead = c => Say(c, "/.well-known/openid-configuration", "{\"issuer\":\"a\",\"issuer\":\"b\"}"), "discovery document is not one JSON object"),
        ["discovery of 2 MB"] = (i => i.Instead = c => Say(c, "/.well-known/openid-configuration", $"{{\"x\":\"{new string('x', 2_000_000)}\"}}"), "discovery document is larger than 1 MB"),
        ["keys of 2 MB"] = (i => i.Instead = c => Say(c, "/jwks", $"{{\"x\":\"{new string('x', 2_000_000)}\"}}"), "key set is larger than 1 MB"),
        ["101 keys"] = (i => i.Others.AddRange(Enumerable.Repeat("{}", 100)), "not a JSON Web Key Set of at most 100 keys"),
        ["keys not a list"] = (i => i.Instead = c => Say(c, "/jwks", "{\"keys\":{}}"), "not a JSON Web Key Set"),
        ["keys not JSON"] = (i => i.Instead = c => Say(c, "/jwks", "\0\u0001"), "not a JSON Web Key Set"),
    };

    private static async Task<bool> Say(HttpContext context, string path, string body)
    {
        if (context.Request.Path != path)
        {
            return false;
        }

        await context.Response.WriteAsync(body);
        return true;
    }

    private static Task<bool> Redirect(HttpContext context, string path, string to)
    {
        if (context.Request.Path == path)
        {
            context.Response.Redirect(to);
        }

        return Task.FromResult(context.Request.Path == path);
    }

    private string Token(TestIssuer issuer, TestKey key, string subject = "alice")
    {
        var claims = issuer.Claims(_time.GetUtcNow());
        claims["sub"] = subject;
        return key.Token(claims);
    }
}
