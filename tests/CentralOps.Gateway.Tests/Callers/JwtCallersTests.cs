using System.Net;
using CentralOps.Access.Callers;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Callers;

public sealed class JwtCallersTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task A_token_of_each_algorithm_that_is_allowed_is_taken(string algorithm)
    {
        var key = TestKey.New(algorithm);
        var time = new ManualTime();
        await using var issuer = await TestIssuer.StartAsync(key);
        await using var gateway = await JwtGateway.StartAsync(issuer, time);

        (await gateway.CallAsync(key.Token(issuer.Claims(time.GetUtcNow())))).Text.ShouldBe("1");
    }

    [Fact]
    public async Task The_caller_is_the_tokens_subject_with_all_that_rules_may_ask_for()
    {
        var key = TestKey.New("ES256");
        var time = new ManualTime();
        await using var issuer = await TestIssuer.StartAsync(key);
        await using var gateway = await JwtGateway.StartAsync(issuer, time);

        (await gateway.CallAsync(key.Token(issuer.Claims(time.GetUtcNow())))).IsError.ShouldBeFalse();

        var caller = gateway.Callers.ShouldHaveSingleItem();
        (caller.Principal, caller.Kind, caller.Issuer, caller.ClientId).ShouldBe(("alice", CallerKind.Jwt, issuer.Issuer, "agent"));
        caller.Groups.ShouldBe(["sre", "reader"]);
        caller.Scopes.ShouldBe(["openid", "ops.read"]);
        caller.ShouldNotBe(new Caller("alice", CallerKind.Jwt) { Issuer = "https://elsewhere.example" });
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public async Task The_scheme_is_read_in_any_case(string scheme)
    {
        var key = TestKey.New("ES256");
        var time = new ManualTime();
        await using var issuer = await TestIssuer.StartAsync(key);
        await using var gateway = await JwtGateway.StartAsync(issuer, time);

        var answer = await gateway.Gateway.Http.PostAsync(
            McpHttp.Call("""{"message":"hi"}"""), ("Authorization", $"{scheme} {key.Token(issuer.Claims(time.GetUtcNow()))}"));

        answer.Text.ShouldBe("1");
    }

    [Fact]
    public async Task A_token_without_a_key_id_goes_with_the_only_key_for_its_algorithm()
    {
        var (key, other) = (TestKey.New("ES256"), TestKey.New("RS256"));
        var time = new ManualTime();
        await using var issuer = await TestIssuer.StartAsync(key, other);
        await using var gateway = await JwtGateway.StartAsync(issuer, time);

        (await gateway.CallAsync(key.Token(issuer.Claims(time.GetUtcNow()), static head => head.Remove("kid")))).Text.ShouldBe("1");
    }

    [Fact]
    public async Task A_token_is_good_to_its_expiry_and_the_skew_and_not_a_second_longer_however_well_it_is_remembered()
    {
        var key = TestKey.New("ES256");
        var time = new ManualTime();
        await using var issuer = await TestIssuer.StartAsync(key);
        await using var gateway = await JwtGateway.StartAsync(issuer, time);
        var token = key.Token(issuer.Claims(time.GetUtcNow()));

        foreach (var seconds in new[] { 0, 299, 59, 1 })
        {
            time.Advance(TimeSpan.FromSeconds(seconds));
            (await gateway.CallAsync(token)).Status.ShouldBe(HttpStatusCode.OK, $"{seconds}");
        }

        time.Advance(TimeSpan.FromSeconds(1));
        (await gateway.CallAsync(token)).Challenge.ShouldContain("The token has expired");
    }

    [Fact]
    public async Task Clocks_may_differ_by_the_skew_that_is_set()
    {
        var key = TestKey.New("ES256");
        var time = new ManualTime();
        await using var issuer = await TestIssuer.StartAsync(key);
        await using var gateway = await JwtGateway.StartAsync(issuer, time, serve: static options => options with { Jwt = new() { ClockSkew = TimeSpan.FromSeconds(10) } });
        foreach (var (ahead, status) in new[] { (9, 200), (11, 401) })
        {
            var claims = issuer.Claims(time.GetUtcNow().AddSeconds(ahead));
            claims["nbf"] = claims["iat"]!.DeepClone();
            ((int)(await gateway.CallAsync(key.Token(claims))).Status).ShouldBe(status, $"{ahead}");
        }
    }

    [Fact]
    public async Task A_remembered_token_is_judged_by_the_gateway_that_it_is_sent_to()
    {
        var key = TestKey.New("ES256");
        var time = new ManualTime();
        await using var issuer = await TestIssuer.StartAsync(key);
        await using var open = await JwtGateway.StartAsync(issuer, time);
        await using var closed = await JwtGateway.StartAsync(issuer, time, static jwt => jwt with { AllowedAudience = ["elsewhere"] });
        var token = key.Token(issuer.Claims(time.GetUtcNow()));

        (await open.CallAsync(token)).Status.ShouldBe(HttpStatusCode.OK);
        (await closed.CallAsync(token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await open.CallAsync(token)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_remembered_is_the_token_and_not_one_like_it()
    {
        var key = TestKey.New("ES256");
        var time = new ManualTime();
        await using var issuer = await TestIssuer.StartAsync(key);
        await using var gateway = await JwtGateway.StartAsync(issuer, time);
        var token = key.Token(issuer.Claims(time.GetUtcNow()));
        (await gateway.CallAsync(token)).Status.ShouldBe(HttpStatusCode.OK);

        for (var i = 0; i < token.Length; i += 7)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            // The last character of a part has bits that mean nothing; a decoder that reads them anew finds the same bytes.
            if (!SameBytes(changed, token))
            {
                (await gateway.CallAsync(changed)).Status.ShouldBe(HttpStatusCode.Unauthorized, changed);
            }
        }
    }

    [Fact]
    public async Task A_gateway_that_demands_nothing_of_tokens_says_so_in_its_log()
    {
        var time = new ManualTime();
        await using var issuer = await TestIssuer.StartAsync(TestKey.New("ES256"));
        await using var gateway = await JwtGateway.StartAsync(issuer, time);
        gateway.Logs.Lines.ShouldContain(line => line.Text.Contains("admits every token of its OpenID provider", StringComparison.Ordinal));
    }

    private static bool SameBytes(string one, string other)
    {
        try
        {
            return one.Split('.').Zip(other.Split('.')).All(static pair => System.Buffers.Text.Base64Url.DecodeFromChars(pair.First).SequenceEqual(System.Buffers.Text.Base64Url.DecodeFromChars(pair.Second)));
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
