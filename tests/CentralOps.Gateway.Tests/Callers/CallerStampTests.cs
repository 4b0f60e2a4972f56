using System.Text;
using System.Text.Json;
using CentralOps.Access.CallerContext;
using CentralOps.Access.Callers;
using CentralOps.Access.Tokens;
using CentralOps.Gateway.Callers;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Callers;

/// <summary>The caller in the client context of a function: signed for the one call, and never more than Lambda takes.</summary>
public sealed class CallerStampTests
{
    [Fact]
    public async Task The_function_gets_a_context_that_verifies_for_this_call_and_no_other()
    {
        using var signer = CallerSigner.New(TimeProvider.System, out var keys);
        await using var lambda = await LambdaEndpoint.ReturningAsync("1");
        await using var gateway = await lambda.GatewayAsync(debug: true, configure: options => options with { CallerSigner = signer });

        (await gateway.Http.PostAsync(McpHttp.Call("""{ "message" : "h\u0069", "count" : 1.0 }""", "\"i-\\u0031\""))).Text.ShouldBe("1");

        var invocation = lambda.Invocations.ShouldHaveSingleItem();
        var context = invocation.Custom.GetProperty("centralOpsCaller").GetString();
        var verifier = new CallerVerifier(JwkSet.Read(Encoding.UTF8.GetBytes(keys))!, TimeProvider.System);
        var call = new CallAtHand(
            invocation.Custom.GetProperty("bedrockAgentCoreGatewayId").GetString()!,
            invocation.Custom.GetProperty("bedrockAgentCoreToolName").GetString()!,
            invocation.Custom.GetProperty("bedrockAgentCoreMcpMessageId").GetString()!,
            Encoding.UTF8.GetBytes(invocation.Payload));
        call.MessageId.ShouldBe("i-1");
        verifier.Verify(context, call).Caller.ShouldBe(Caller.Anonymous);
        verifier.Verify(context, call with { MessageId = "i-2" }).Problem.ShouldBe(CallerProblem.OtherMessage);
        verifier.Verify(context, call with { Arguments = """{"message":"ho","count":1}"""u8.ToArray() }).Problem.ShouldBe(CallerProblem.OtherArguments);
    }

    [Fact]
    public async Task Without_a_signer_nothing_is_said_of_the_caller()
    {
        await using var lambda = await LambdaEndpoint.ReturningAsync("1");
        await using var gateway = await lambda.GatewayAsync(debug: true);
        await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""));
        lambda.Invocations.ShouldHaveSingleItem().Custom.TryGetProperty("centralOpsCaller", out _).ShouldBeFalse();
    }

    /// <summary>The longest ids and names that the gateway admits still leave room for the longest caller; only groups may be left out, and then it is said.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public void The_client_context_never_outgrows_Lambda_and_the_caller_is_never_left_out(int seed)
    {
        using var signer = CallerSigner.New(TimeProvider.System, out var keys);
        var verifier = new CallerVerifier(JwkSet.Read(Encoding.UTF8.GetBytes(keys))!, TimeProvider.System);
        var random = new Random(seed);
        var (whole, trimmed) = (0, 0);
        for (var i = 0; i < 400; i++)
        {
            var longest = i == 0 || random.Next(4) == 0;
            string Text(int most) => new('x', longest ? most : random.Next(1, most + 1));
            var gatewayId = Text(111);
            var caller = new Caller(Text(255), CallerKind.Jwt) { Issuer = Text(200), ClientId = Text(64), Groups = [.. Enumerable.Range(0, random.Next(300)).Select(n => $"group-{n:D30}")] };
            var gateway = new GatewayConfig { GatewayId = gatewayId, Name = "n", Region = "ap-northeast-1" };
            var function = new LambdaFunction("arn", "ap-northeast-1", gatewayId, "TARGET0001") { Stamp = new CallerStamp(signer, gateway.Arn) };
            var id = random.Next(4) switch { 0 => "\"" + string.Concat(Enumerable.Repeat("🦊", 63)) + "\"", 1 => $"{long.MinValue}", _ => $"\"{Text(254)}\"" };
            var invocation = new ToolInvocation(Text(256), "{}"u8.ToArray(), Encoding.UTF8.GetBytes(id), caller);

            var encoded = LambdaClientContext.Encode(function, invocation, "8476a536-e9f4-11e8-9739-000000000001", [], []).ShouldNotBeNull();

            encoded.Length.ShouldBeLessThanOrEqualTo(3583);
            var custom = JsonDocument.Parse(Convert.FromBase64String(encoded)).RootElement.GetProperty("custom");
            custom.GetProperty("bedrockAgentCoreMcpMessageId").GetString().ShouldBe(invocation.MessageIdText());
            var verified = verifier.Verify(
                custom.GetProperty("centralOpsCaller").GetString(), new CallAtHand(gatewayId, invocation.ToolName, invocation.MessageIdText(), invocation.Arguments)).Caller.ShouldNotBeNull();
            verified.ShouldBe(caller);
            (verified.HasMoreGroups ? 0 : caller.Groups.Count).ShouldBe(verified.Groups.Count);
            (whole, trimmed) = verified.HasMoreGroups ? (whole, trimmed + 1) : (whole + 1, trimmed);
        }

        whole.ShouldBeGreaterThan(0);
        trimmed.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_caller_who_does_not_fit_is_not_called_for()
    {
        using var signer = CallerSigner.New(TimeProvider.System, out _);
        var function = new LambdaFunction("arn", "us-east-1", "g-abcdefghij", "TARGET0001") { Stamp = new CallerStamp(signer, new GatewayConfig { GatewayId = "g-abcdefghij", Name = "g" }.Arn) };
        var caller = new Caller("arn:aws:iam::111111111111:user/" + new string('p', 1500), CallerKind.Iam);
        LambdaClientContext.Encode(function, new ToolInvocation("a___b", "{}"u8.ToArray(), "1"u8.ToArray(), caller), "r", [], []).ShouldBeNull();
    }
}
