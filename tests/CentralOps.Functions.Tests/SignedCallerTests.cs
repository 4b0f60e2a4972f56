using System.Text;
using System.Text.Json;
using CentralOps.Access.CallerContext;
using CentralOps.Access.Callers;
using CentralOps.Functions.Tests.Fixtures;

namespace CentralOps.Functions.Tests;

/// <summary>Functions that were given keys to know their callers by.</summary>
public sealed class SignedCallerTests : IClassFixture<SandboxFixture>, IDisposable
{
    private const string Gateway = "arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/ops-abcdefghij";
    private const string Tool = "ec2___describe_ec2_instances";
    private const string Arguments = """{"account_id":"222222222222"}""";

    private static readonly Caller Alice = new("alice", CallerKind.Jwt) { Issuer = "https://login.example.com" };

    private readonly SandboxFixture _sandbox;
    private readonly CallerSigner _signer;
    private readonly string _keys;

    public SignedCallerTests(SandboxFixture sandbox)
    {
        _sandbox = sandbox;
        _signer = CallerSigner.New(TimeProvider.System, out _keys);
    }

    public void Dispose() => _signer.Dispose();

    [Fact]
    public async Task A_signed_caller_is_let_in_and_AWS_hears_his_name()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = Start(api);

        var outcome = await api.InvokeRawAsync(Context(Sign(Alice)), Arguments);

        outcome.IsError.ShouldBeFalse(outcome.Body.ToString());
        outcome.Body.TryGetProperty("error", out _).ShouldBeFalse(outcome.Body.ToString());
        function.Errors.ShouldNotContain("unidentified");
    }

    [Fact]
    public async Task In_the_header_that_an_interceptor_of_AgentCore_sets_he_is_as_good()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = Start(api);
        foreach (var name in new[] { "X-CentralOps-Caller", "x-centralops-caller" })
        {
            (await api.InvokeRawAsync(Context(null, new() { [name] = Sign(Alice)! }), Arguments)).Body.TryGetProperty("error", out _).ShouldBeFalse(name);
        }
    }

    [Fact]
    public async Task Whoever_comes_without_a_signature_that_holds_is_refused_whatever_he_says_of_himself()
    {
        using var stranger = CallerSigner.New(TimeProvider.System, out _);
        await using var api = RuntimeApiServer.Start();
        await using var function = Start(api);
        var wrong = new Dictionary<string, string?>
        {
            ["nothing"] = Context(null),
            ["a name in a header"] = Context(null, new() { ["X-CentralOps-Caller"] = "alice", ["X-Forwarded-User"] = "alice" }),
            ["another's key"] = Context(Sign(Alice, stranger)),
            ["another tool"] = Context(_signer.Sign(Claims(Alice) with { ToolName = "ec2___describe_ec2_vpcs" })),
            ["other arguments"] = Context(_signer.Sign(Claims(Alice) with { ArgumentsDigest = CallBinding.OfArguments("{}"u8.ToArray())! })),
            ["another message"] = Context(_signer.Sign(Claims(Alice) with { MessageDigest = CallBinding.OfMessage("8") })),
            ["another gateway"] = Context(_signer.Sign(Claims(Alice) with { GatewayArn = Gateway + "x" })),
            ["a bad one beside a good one"] = Context("unidentified", new() { ["X-CentralOps-Caller"] = Sign(Alice)! }),
            ["anonymous, signed"] = Context(Sign(Caller.Anonymous)),
        };
        foreach (var (name, context) in wrong)
        {
            var outcome = await api.InvokeRawAsync(context, Arguments);
            outcome.IsError.ShouldBeFalse(name);
            var error = outcome.Body.GetProperty("error");
            error.GetProperty("stage").GetString().ShouldBe("not_permitted", $"{name}: {outcome.Body}");
            outcome.Body.ToString().ShouldNotContain("InstanceId", customMessage: name);
        }

        function.Errors.ShouldContain("the caller context was made for other arguments; the caller is unidentified.");
    }

    [Fact]
    public async Task A_function_without_keys_has_the_caller_it_always_had()
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = RunningFunction.Start(api, _sandbox.FunctionRole, _sandbox.Url);
        (await api.InvokeRawAsync(Context("nonsense"), Arguments)).Body.TryGetProperty("error", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_may_stand_in_a_file()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, _keys);
        await using var api = RuntimeApiServer.Start();
        await using var function = Start(api, path);
        (await api.InvokeRawAsync(Context(Sign(Alice)), Arguments)).Body.TryGetProperty("error", out _).ShouldBeFalse();
        File.Delete(path);
    }

    [Theory]
    [InlineData("/no/such/file")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}")]
    [InlineData("{")]
    public async Task Keys_that_verify_nothing_are_an_init_error_and_never_no_keys(string keys)
    {
        await using var api = RuntimeApiServer.Start();
        await using var function = Start(api, keys);
        (await api.InitError.WaitAsync(TimeSpan.FromSeconds(60))).GetProperty("errorMessage").GetString()!.ShouldContain("CENTRALOPS_CALLER_KEYS");
    }

    private RunningFunction Start(RuntimeApiServer api, string? keys = null) =>
        RunningFunction.Start(api, _sandbox.FunctionRole, _sandbox.Url, ("CENTRALOPS_CALLER_KEYS", keys ?? _keys));

    private static CallerClaims Claims(Caller caller) => new(Gateway, Tool, CallBinding.OfArguments(Encoding.UTF8.GetBytes(Arguments))!, CallBinding.OfMessage("7"), caller);

    private string? Sign(Caller caller, CallerSigner? signer = null) => (signer ?? _signer).Sign(Claims(caller));

    private static string Context(string? caller, Dictionary<string, string>? headers = null)
    {
        var custom = new Dictionary<string, object>
        {
            ["bedrockAgentCoreToolName"] = Tool,
            ["bedrockAgentCoreGatewayId"] = "ops-abcdefghij",
            ["bedrockAgentCoreMcpMessageId"] = "7",
        };
        if (caller is not null)
        {
            custom["centralOpsCaller"] = caller;
        }

        if (headers is not null)
        {
            custom["bedrockAgentCorePropagatedHeaders"] = headers;
        }

        return JsonSerializer.Serialize(new { custom });
    }
}
