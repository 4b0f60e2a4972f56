using System.Net;
using System.Text;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Gateway.Control;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Tests.Control.Fixtures;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Control.Serving;

/// <summary>The control plane's front on the wire.</summary>
public sealed class WireTests
{
    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/.well-known/oauth-authorization-server")]
    [InlineData("GET", "/gateways/a/b/c/d")]
    public async Task What_no_operation_has_is_answered_as_AWSs_front_end_does(string method, string path)
    {
        await using var control = await TestControl.StartAsync();
        var answer = await control.SendAsync(method, path);
        (answer.Status, answer.Text).ShouldBe((404, "<UnknownOperationException/>\n"));
        var posted = await control.SendAsync("POST", "/register", "{}");
        (posted.Status, posted.Text).ShouldBe((404, """{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}"""));
        posted.RequestId.ShouldNotBeNull();
        (await control.SendAsync("PATCH", "/gateways/", "{}")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("Host", "attacker.example.com")]
    [InlineData("Origin", "https://attacker.example.com")]
    [InlineData("Origin", "null")]
    public async Task A_page_that_a_browser_was_led_to_gets_nothing(string header, string value)
    {
        await using var control = await TestControl.StartAsync();
        (await control.SendAsync("GET", "/gateways/", shape: request => request.Headers.TryAddWithoutValidation(header, value))).Is(403, "AccessDeniedException");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_and_the_next_request_is_served()
    {
        await using var control = await TestControl.StartAsync();
        var large = TestControl.Gateway("a", more: $",\"x\":\"{new string('x', 11 * 1024 * 1024)}\"");
        (await control.SendAsync("POST", "/gateways/", large)).Is(413, "RequestEntityTooLargeException");
        (await control.SendAsync("POST", "/gateways/", large, request => request.Headers.TransferEncodingChunked = true)).Is(413, "RequestEntityTooLargeException");
        await control.DoAsync("POST", "/gateways/", TestControl.Gateway("a", more: $",\"x\":\"{new string('x', 9 * 1024 * 1024)}\""));
    }

    [Fact]
    public async Task A_request_needs_a_signature_for_this_service_and_region()
    {
        await using var control = await TestControl.StartAsync(options => options with { Keys = new OneKey() });
        (await control.SendAsync("GET", "/gateways/")).Is(403, "MissingAuthenticationTokenException");
        (await control.SendAsync("GET", "/gateways/", shape: request => request.Headers.TryAddWithoutValidation("Authorization", "Bearer x"))).Status.ShouldBe(403);
        (await ListAsync(control.Url, new("AKIDONE", "secret"))).ShouldBeNull();
        (await ListAsync(control.Url, new("AKIDONE", "wrong")))!.Code.ShouldBe("InvalidSignatureException");
        (await ListAsync(control.Url, new("AKIDTWO", "secret")))!.Code.ShouldBe("UnrecognizedClientException");
        (await ListAsync(control.Url, new("AKIDONE", "secret"), "eu-west-1"))!.Code.ShouldBe("InvalidSignatureException");

        // Unknown operations and bad input are told apart only to who may ask.
        (await control.SendAsync("POST", "/gateways/", "{")).Is(403, "MissingAuthenticationTokenException");
    }

    [Fact]
    public async Task Our_own_client_speaks_to_it_with_the_reduced_model()
    {
        await using var control = await TestControl.StartAsync(options => options with { Keys = new OneKey() });
        var created = await CallAsync(control.Url, "CreateGateway", $$"""{"name":"main","roleArn":"{{TestControl.Role}}","authorizerType":"AWS_IAM"}""");
        created.Failure.ShouldBeNull();
        created.Json.ShouldContain("\"status\":\"CREATING\"");
        var refused = await CallAsync(control.Url, "GetGateway", """{"gatewayIdentifier":"none-0123456789"}""");
        (refused.Failure!.Code, refused.Failure.Status).ShouldBe(("ResourceNotFoundException", 404));
    }

    [Fact]
    public async Task Too_many_requests_a_second_are_throttled_where_the_switch_says_so()
    {
        var time = new ManualTime();
        await using var control = await TestControl.StartAsync(new MemoryStore(time), options => options with { Time = time, Switches = new ControlSwitches { Throttles = true } });
        for (var i = 0; i < 10; i++)
        {
            await control.DoAsync("GET", "/gateways/");
        }

        (await control.SendAsync("GET", "/gateways/")).Is(429, "ThrottlingException").Message.ShouldBe("Rate exceeded");
        for (var i = 0; i < 5; i++)
        {
            (await control.SendAsync("POST", "/gateways/", "{}")).Is(400, "ValidationException");
        }

        (await control.SendAsync("POST", "/gateways/", "{}")).Is(429, "ThrottlingException");
        await control.DoAsync("POST", "/identities/ListWorkloadIdentities", "{}");
        time.Advance(TimeSpan.FromMilliseconds(110));
        await control.DoAsync("GET", "/gateways/");
        (await control.SendAsync("GET", "/gateways/")).Is(429, "ThrottlingException");
    }

    [Fact]
    public async Task A_store_that_is_away_is_an_internal_error_that_tells_nothing_and_passes()
    {
        var store = new MemoryStore(TimeProvider.System);
        await using var control = await TestControl.StartAsync(store);
        store.Away = true;
        var failed = (await control.SendAsync("GET", "/gateways/")).Is(500, "InternalServerException");
        failed.Text.ShouldNotContain("database");
        store.Away = false;
        await control.GatewayAsync();
        store.BeforeWrite = _ => throw new InvalidOperationException("a bug");
        (await control.SendAsync("POST", "/gateways/", TestControl.Gateway("b"))).Is(500, "InternalServerException").Text.ShouldNotContain("bug");
        control.Logs.Lines.ShouldContain(line => line.Text.Contains("a bug", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_that_cannot_be_sealed_is_an_encryption_failure()
    {
        await using var control = await TestControl.StartAsync(options => options with { Sealer = new BrokenSealer() });
        (await control.SendAsync("POST", "/identities/CreateApiKeyCredentialProvider", """{"name":"k","apiKey":"SECRET-key"}""")).Is(400, "EncryptionFailure").Text.ShouldNotContain("SECRET-key", Case.Sensitive);
    }

    [Fact]
    public async Task A_control_plane_without_keys_listens_on_loopback_only_and_says_what_is_wrong()
    {
        (await Should.ThrowAsync<GatewayStartException>(() => TestControl.StartAsync(options => options with { Address = IPAddress.Any }))).Message.ShouldContain("would let anybody on the network manage it");
        (await Should.ThrowAsync<GatewayStartException>(() => TestControl.StartAsync(options => options with { AccountId = "1" }))).Message.ShouldContain("twelve digits");
        await using var first = await TestControl.StartAsync();
        (await Should.ThrowAsync<GatewayStartException>(() => TestControl.StartAsync(options => options with { Port = first.Url.Port }))).Message.ShouldContain("is taken by another process");
    }

    [Fact]
    public async Task Every_operation_of_the_model_is_served()
    {
        ControlOperations.Names.ShouldBe(ModelLibrary.Service("bedrock-agentcore-control").OperationNames, ignoreOrder: true);
        await using var control = await TestControl.StartAsync();
        foreach (var name in ControlOperations.Names)
        {
            var operation = ModelLibrary.Operation("bedrock-agentcore-control", name);
            var path = operation.RequestUri.Replace("{gatewayIdentifier}", "none-0123456789", StringComparison.Ordinal)
                .Replace("{resourceArn}", Uri.EscapeDataString("arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/none-0123456789"), StringComparison.Ordinal)
                .Replace("{targetId}", "AAAAAAAAAA", StringComparison.Ordinal).Replace("{ruleId}", "00000000-0000-0000-0000-000000000000", StringComparison.Ordinal)
                .Replace("{rateLimitId}", "limit", StringComparison.Ordinal);
            var answer = await control.SendAsync(operation.Method, path, operation.Method is "GET" or "DELETE" ? null : "{}");
            answer.Status.ShouldBeOneOf([200, 400, 404], $"{name}: {answer.Text}");
            if (answer.Status != 200)
            {
                operation.Errors.Select(error => error.Code).ShouldContain(answer.ErrorType, name);
            }
        }
    }

    [Fact]
    public async Task A_client_that_breaks_off_leaves_the_server_as_it_was()
    {
        await using var control = await TestControl.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var socket = new System.Net.Sockets.TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, control.Url.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /gateways/ HTTP/1.1\r\nHost: {control.Url.Authority}\r\nContent-Length: 1000\r\n\r\n{{\"name\":"));
        }

        await control.GatewayAsync();
        control.Logs.Lines.Where(line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error).ShouldBeEmpty();
    }

    private static async Task<AwsFailure?> ListAsync(Uri url, AwsCredentials credentials, string region = "us-east-1") => (await CallAsync(url, "ListGateways", "{}", credentials, region)).Failure;

    private static async Task<(AwsFailure? Failure, string Json)> CallAsync(Uri url, string operation, string input, AwsCredentials? credentials = null, string region = "us-east-1")
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var overrides = EndpointOverrides.Read(name => name is "AWS_ENDPOINT_URL_BEDROCK_AGENTCORE_CONTROL" ? url.AbsoluteUri : null);
        var client = new AwsClient(http, new EndpointResolver(overrides), TimeProvider.System, new AwsClientOptions { MaxAttempts = 1 });
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var call = new AwsCall(ModelLibrary.Operation("bedrock-agentcore-control", operation), new AwsInput(Encoding.UTF8.GetBytes(input)), region, credentials ?? new("AKIDONE", "secret"));
        var answer = await client.CallAsync(call, new Transcription(output), default);
        return (answer.Failure, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    private sealed class OneKey : IAccessKeys
    {
        public bool TryFind(string accessKeyId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AccessKey? key)
        {
            key = accessKeyId is "AKIDONE" ? new AccessKey(accessKeyId, "secret", "arn:aws:iam::111111111111:user/one") : null;
            return key is not null;
        }
    }

    private sealed class BrokenSealer : ISecretSealer
    {
        public byte[] Seal(string kind, string id, ReadOnlySpan<byte> plain) => throw new System.Security.Cryptography.CryptographicException("no key");

        public byte[] Open(string kind, string id, ReadOnlySpan<byte> sealedSecret) => throw new System.Security.Cryptography.CryptographicException("no key");
    }
}
