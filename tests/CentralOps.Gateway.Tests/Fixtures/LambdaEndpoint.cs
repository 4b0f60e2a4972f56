using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>Lambda's Invoke on loopback: checks the signature, keeps what it was sent, and answers what a test says.</summary>
internal sealed class LambdaEndpoint : IAsyncDisposable, IAccessKeys
{
    private static readonly AwsCredentials Role = new("ASIAGATEWAYROLE00000", "gateway-role-secret", "gateway-role-token");

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly Func<Invocation, HttpResponse, Task> _answer;

    private LambdaEndpoint(WebApplication app, TimeProvider time, Func<Invocation, HttpResponse, Task> answer)
    {
        _app = app;
        _time = time;
        _answer = answer;
    }

    public ConcurrentQueue<Invocation> Invocations { get; } = [];

    public static async Task<LambdaEndpoint> StartAsync(Func<Invocation, HttpResponse, Task> answer, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var endpoint = new LambdaEndpoint(builder.Build(), time ?? TimeProvider.System, answer);
        endpoint._app.Run(endpoint.HandleAsync);
        await endpoint._app.StartAsync();
        return endpoint;
    }

    public static Task<LambdaEndpoint> ReturningAsync(string payload) => StartAsync((_, response) => response.WriteAsync(payload));

    /// <summary>A gateway whose tool <c>ec2___echo</c> is a function here.</summary>
    public Task<TestGateway> GatewayAsync(bool debug, CompatibilitySwitches? switches = null, Func<GatewayOptions, GatewayOptions>? configure = null)
    {
        var tool = TestGateway.Tool("echo", output: """{"type":"object"}""");
        var config = TestGateway.Config(TestGateway.Target("ec2", tool)) with { Debug = debug, Switches = switches ?? new() };
        var url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var overrides = EndpointOverrides.Read(name => name == "AWS_ENDPOINT_URL_LAMBDA" ? url : null);
        var aws = new AwsClient(new HttpMessageInvoker(AwsHttp.CreateHandler()), new EndpointResolver(overrides), _time, new AwsClientOptions());
        var options = TestGateway.Options(config, aws: aws) with { RoleCredentials = _ => new(Role), Time = _time };
        return TestGateway.StartAsync(configure is null ? options : configure(options));
    }

    public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
    {
        key = accessKeyId == Role.AccessKeyId
            ? new AccessKey(Role.AccessKeyId, Role.SecretAccessKey, "arn:aws:sts::111111111111:assumed-role/CentralOpsGatewayRole/s") { SessionToken = Role.SessionToken }
            : null;
        return key is not null;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var wire = new WireRequest { Method = context.Request.Method, Path = target.Split('?')[0], Body = body.ToArray() };
        foreach (var header in context.Request.Headers)
        {
            wire.Headers.Add(header.Key, header.Value.ToString());
        }

        var verdict = SignatureV4.Verify(wire, this, _time.GetUtcNow(), new SignatureRules { Services = ["lambda"], Region = "us-east-1" });
        var clientContext = context.Request.Headers.TryGetValue("X-Amz-Client-Context", out var said) ? JsonDocument.Parse(Convert.FromBase64String(said.ToString())).RootElement : default;
        var invocation = new Invocation(
            Uri.UnescapeDataString(wire.Path), context.Request.Headers["X-Amz-Invocation-Type"].ToString(), clientContext, Encoding.UTF8.GetString(body.ToArray()), verdict);
        Invocations.Enqueue(invocation);
        await _answer(invocation, context.Response);
    }

    public static Task FailAsync(HttpResponse response, int status, string code, string message)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers["x-amzn-ErrorType"] = code;
        return response.WriteAsync(JsonSerializer.Serialize(new { Type = "User", message }));
    }
}

internal sealed record Invocation(string Path, string Type, JsonElement ClientContext, string Payload, SignatureVerdict Signature)
{
    public JsonElement Custom => ClientContext.GetProperty("custom");
}
