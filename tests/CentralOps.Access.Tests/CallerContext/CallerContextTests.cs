using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using CentralOps.Access.CallerContext;
using CentralOps.Access.Callers;
using CentralOps.Access.Tokens;

namespace CentralOps.Access.Tests.CallerContext;

public sealed class CallerContextTests : IDisposable
{
    private const string Gateway = "arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/ops-abcdefghij";

    private static readonly byte[] Arguments = """{"account_id":"222222222222","limit":10}"""u8.ToArray();
    private static readonly Caller Alice = new("alice", CallerKind.Jwt) { Issuer = "https://login.example.com", ClientId = "agent", Groups = ["sre", "on-call"] };

    private readonly Clock _clock = new();
    private readonly CallerSigner _signer;
    private readonly CallerVerifier _verifier;

    public CallerContextTests()
    {
        _signer = CallerSigner.New(_clock, out var keys);
        _verifier = new(JwkSet.Read(Encoding.UTF8.GetBytes(keys))!, _clock);
    }

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void What_was_signed_is_believed_for_the_call_that_it_was_signed_for()
    {
        var caller = _verifier.Verify(Sign(), Call).Caller.ShouldNotBeNull();
        caller.ShouldBe(Alice);
        (caller.Issuer, caller.ClientId, caller.HasMoreGroups).ShouldBe((Alice.Issuer, "agent", false));
        caller.Groups.ShouldBe(["sre", "on-call"]);
    }

    [Theory]
    [InlineData(CallerKind.Anonymous)]
    [InlineData(CallerKind.Iam)]
    [InlineData(CallerKind.Jwt)]
    [InlineData(CallerKind.LocalToken)]
    public void Every_kind_of_caller_comes_back_as_what_it_was(CallerKind kind)
    {
        var caller = new Caller("someone", kind);
        _verifier.Verify(Sign(caller), Call).Caller.ShouldBe(caller);
    }

    [Fact]
    public void For_any_other_call_it_is_worth_nothing()
    {
        var context = Sign();
        Problem(context, Call with { ToolName = "ec2___describe_ec2_vpcs" }).ShouldBe(CallerProblem.OtherTool);
        Problem(context, Call with { ToolName = "describe_ec2_instances" }).ShouldBe(CallerProblem.OtherTool);
        Problem(context, Call with { GatewayId = "other-abcdefghij" }).ShouldBe(CallerProblem.OtherGateway);
        Problem(context, Call with { GatewayId = "abcdefghij" }).ShouldBe(CallerProblem.OtherGateway);
        Problem(context, Call with { GatewayId = "" }).ShouldBe(CallerProblem.OtherGateway);
        Problem(context, Call with { MessageId = "8" }).ShouldBe(CallerProblem.OtherMessage);
        Problem(context, Call with { Arguments = """{"account_id":"333333333333","limit":10}"""u8.ToArray() }).ShouldBe(CallerProblem.OtherArguments);
        Problem(context, Call with { Arguments = "not json"u8.ToArray() }).ShouldBe(CallerProblem.OtherArguments);
    }

    [Fact]
    public void Arguments_written_anew_in_between_are_the_same_arguments() =>
        _verifier.Verify(Sign(), Call with { Arguments = """{ "limit" : 1e1, "account_id" : "\u0032\u003222222222\u0032\u0032" }"""u8.ToArray() }).Caller.ShouldBe(Alice);

    [Fact]
    public void It_lives_a_minute_and_the_skew_and_not_before_it_was_made()
    {
        var (context, made) = (Sign(), _clock.Now);
        foreach (var (seconds, problem) in new[] { (-6, CallerProblem.FromTheFuture), (-5, CallerProblem.None), (64, CallerProblem.None), (65, CallerProblem.Expired) })
        {
            _clock.Now = made.AddSeconds(seconds);
            Problem(context, Call).ShouldBe(problem, $"{seconds}");
        }
    }

    [Theory]
    [InlineData(null, CallerProblem.Absent)]
    [InlineData("", CallerProblem.Malformed)]
    [InlineData("unidentified", CallerProblem.Malformed)]
    [InlineData("a.b.c", CallerProblem.Malformed)]
    [InlineData("...", CallerProblem.Malformed)]
    [InlineData("é.é.é", CallerProblem.Malformed)]
    public void What_is_none_is_none(string? context, CallerProblem problem) => Problem(context, Call).ShouldBe(problem);

    [Fact]
    public void A_header_that_says_anything_else_is_not_believed()
    {
        var parts = Sign().Split('.');
        foreach (var header in new[] { """{"alg":"none","typ":"centralops-caller+jwt","kid":"x"}""", """{"alg":"ES256","typ":"JWT","kid":"x"}""", """{"alg":"ES256","kid":"x"}""", """{"alg":"ES256","typ":"centralops-caller+jwt"}""", """{"alg":"ES256","typ":"centralops-caller+jwt","kid":"x","crit":[]}""", """{"alg":"ES256","alg":"ES256","typ":"centralops-caller+jwt","kid":"x"}""" })
        {
            Problem($"{Encode(header)}.{parts[1]}.{parts[2]}", Call).ShouldBe(CallerProblem.Malformed, header);
        }

        Problem($"{Encode("""{"alg":"ES256","typ":"centralops-caller+jwt","kid":"x"}""")}.{parts[1]}.{parts[2]}", Call).ShouldBe(CallerProblem.UnknownKey);
    }

    [Fact]
    public void Another_gateways_key_is_not_taken_even_under_our_keys_id()
    {
        using var other = CallerSigner.New(_clock, out var keys);
        Problem(Sign(signer: other), Call).ShouldBe(CallerProblem.UnknownKey);

        var head = Sign().Split('.')[0];
        var foreign = Sign(signer: other).Split('.');
        Problem($"{head}.{foreign[1]}.{foreign[2]}", Call).ShouldBe(CallerProblem.Signature);
        new CallerVerifier(JwkSet.Read(Encoding.UTF8.GetBytes(keys))!, _clock).Verify(Sign(signer: other), Call).Caller.ShouldBe(Alice);
    }

    [Fact]
    public void Every_change_to_a_byte_is_noticed()
    {
        var context = Sign();
        for (var i = 0; i < context.Length; i++)
        {
            var changed = context[..i] + (context[i] == 'x' ? 'y' : 'x') + context[(i + 1)..];
            Problem(changed, Call).ShouldNotBe(CallerProblem.None, $"{i}");
        }
    }

    [Fact]
    public void Groups_that_do_not_fit_are_left_out_whole_and_that_is_said()
    {
        var many = Alice with { Groups = [.. Enumerable.Range(0, 200).Select(n => $"00000000-0000-0000-0000-{n:D12}")] };
        var context = Sign(many);
        context.Length.ShouldBeLessThanOrEqualTo(CallerSigner.MaxLength);
        var caller = _verifier.Verify(context, Call).Caller.ShouldNotBeNull();
        (caller.Groups.Count, caller.HasMoreGroups).ShouldBe((0, true));
        caller.ShouldBe(many);
    }

    [Fact]
    public void A_caller_too_long_for_a_context_gets_none() =>
        _signer.Sign(new(Gateway, "a___b", "x", "y", new Caller(new string('p', 2000), CallerKind.Iam))).ShouldBeNull();

    [Fact]
    public async Task Many_at_once_sign_and_verify()
    {
        var good = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => _verifier.Verify(Sign(), Call).Caller == Alice)));
        good.ShouldAllBe(static one => one);
    }

    [Fact]
    public void A_private_key_is_read_only_where_it_is_whole()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(true);
        string Jwk(Action<JsonObject>? change = null)
        {
            var jwk = new JsonObject
            {
                ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "k1", ["x"] = Base64Url.EncodeToString(parameters.Q.X), ["y"] = Base64Url.EncodeToString(parameters.Q.Y), ["d"] = Base64Url.EncodeToString(parameters.D),
            };
            change?.Invoke(jwk);
            return jwk.ToJsonString();
        }

        CallerSigner.FromJwk(Encoding.UTF8.GetBytes(Jwk()), _clock).ShouldNotBeNull().ToString()!.ShouldNotContain(Base64Url.EncodeToString(parameters.D));
        foreach (var change in new Action<JsonObject>[] { jwk => jwk.Remove("d"), jwk => jwk.Remove("kid"), jwk => jwk["kid"] = "a\"b", jwk => jwk["crv"] = "P-384", jwk => jwk["kty"] = "RSA", jwk => jwk["d"] = "AAAA", jwk => jwk["x"] = "!!", jwk => jwk["y"] = jwk["x"]!.DeepClone() })
        {
            CallerSigner.FromJwk(Encoding.UTF8.GetBytes(Jwk(change)), _clock).ShouldBeNull();
        }

        CallerSigner.FromJwk("no json"u8.ToArray(), _clock).ShouldBeNull();
    }

    private static CallAtHand Call => new("ops-abcdefghij", "ec2___describe_ec2_instances", "7", Arguments);

    private string Sign(Caller? caller = null, CallerSigner? signer = null) =>
        (signer ?? _signer).Sign(new(Gateway, Call.ToolName, CallBinding.OfArguments(Arguments)!, CallBinding.OfMessage("7"), caller ?? Alice)).ShouldNotBeNull();

    private CallerProblem Problem(string? context, CallAtHand call) => _verifier.Verify(context, call).Problem;

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
