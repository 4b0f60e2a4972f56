using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Callers;

public sealed class TokenCallersTests
{
    private static readonly Caller Jane = new("jane@example.com", CallerKind.LocalToken);

    [Fact]
    public async Task The_bearer_of_the_token_is_the_person_who_started_the_gateway()
    {
        Caller? caller = null;
        var token = LocalToken.New(Jane);
        await using var gateway = await StartAsync(token, new TestTarget((invocation, _) =>
        {
            caller = invocation.Caller;
            return new(TargetAnswer.Of("1"u8.ToArray()));
        }));
        (await PostAsync(gateway, $"Bearer {token.Token}")).ShouldBe(HttpStatusCode.OK);
        caller.ShouldBe(Jane);
        (await PostAsync(gateway, $"bearer {token.Token}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_else_is_let_in()
    {
        var token = LocalToken.New(Jane);
        await using var gateway = await StartAsync(token, null);
        foreach (var header in new[] { null, "", "Bearer", $"Bearer {token.Token}x", $"Bearer {token.Token[..^1]}", token.Token, $"Basic {token.Token}" })
        {
            (await PostAsync(gateway, header)).ShouldBe(HttpStatusCode.Forbidden, header ?? "none");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("short")]
    public async Task A_gateway_without_a_token_worth_the_name_does_not_start(string? token) =>
        (await Should.ThrowAsync<GatewayStartException>(() => StartAsync(token is null ? null : new LocalToken(token, Jane), null))).Message.ShouldContain("32 characters");

    [Fact]
    public void A_token_is_never_the_same_and_never_shown()
    {
        var token = LocalToken.New(Jane);
        LocalToken.New(Jane).Token.ShouldNotBe(token.Token);
        token.ToString().ShouldNotContain(token.Token);
    }

    private static Task<TestGateway> StartAsync(LocalToken? token, TestTarget? target)
    {
        var config = TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo"))) with { Authorizer = GatewayAuthorizer.LocalToken };
        return TestGateway.StartAsync(TestGateway.Options(config, target) with { LocalToken = token });
    }

    private static async Task<HttpStatusCode> PostAsync(TestGateway gateway, string? header)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(McpHttp.Call("""{"message":"hi"}""")));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway.Url) { Content = content };
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }
}
