using CentralOps.Agent.Models;
using CentralOps.Agent.Models.Bedrock;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Endpoints;
using CentralOps.Sandbox;
using CentralOps.Sandbox.Bedrock;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Tests.Models.Fixtures;

/// <summary>A sandbox whose Bedrock answers from a script, and our client before it: real sockets, real signatures.</summary>
internal sealed class BedrockFixture : IAsyncDisposable
{
    public const string Claude = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

    private readonly HttpMessageInvoker _http = new(AwsHttp.CreateHandler());

    private bool _stopped;

    private BedrockFixture(SandboxServer sandbox, ModelScript script) => (Sandbox, Script) = (sandbox, script);

    public SandboxServer Sandbox { get; }

    public ModelScript Script { get; }

    /// <summary>The only request so far.</summary>
    public ModelRequest Request => Script.Requests.ShouldHaveSingleItem();

    public static Task<BedrockFixture> StartAsync(params ModelTurn[] turns) => StartAsync(ModelScript.Of(turns));

    public static async Task<BedrockFixture> StartAsync(ModelScript script, TimeProvider? time = null) =>
        new(await SandboxServer.StartAsync(new SandboxOptions { Models = script, Time = time ?? TimeProvider.System }, CancellationToken.None), script);

    public IChatClient Client(
        string model = Claude, PromptCaching caching = PromptCaching.Auto, Guardrail? guardrail = null, ModelLimits? limits = null, AwsCredentials? keys = null, string? region = "us-east-1", int attempts = 3,
        TimeProvider? time = null, ICredentialSource? source = null)
    {
        ModelChoice.TryParse("bedrock:" + model, out var choice, out var wrong).ShouldBeTrue(wrong);
        var endpoints = EndpointResolver.Read(name => name is "AWS_ENDPOINT_URL" ? Sandbox.Url.ToString() : null);
        var aws = new AwsClient(_http, endpoints, time ?? TimeProvider.System, new AwsClientOptions { MaxAttempts = attempts, Jitter = new NoJitter() });
        var connection = new ModelConnection
        {
            Http = _http,
            Setting = static _ => null,
            Aws = aws,
            Credentials = source ?? new FixedCredentials(keys ?? Sandbox.Operator),
            Region = region,
            PromptCaching = caching,
            Guardrail = guardrail,
            Limits = limits ?? new ModelLimits(),
            Time = time ?? TimeProvider.System,
            Jitter = new NoJitter(),
        };
        ChatModels.TryOpen(choice, connection, out var client, out var problem).ShouldBeTrue(problem);
        return client!;
    }

    /// <summary>Nobody listens any more.</summary>
    public async Task StopAsync()
    {
        _stopped = true;
        await Sandbox.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await Sandbox.DisposeAsync();
        }

        _http.Dispose();
    }
}

/// <summary>Waits between attempts are nothing.</summary>
internal sealed class NoJitter : Random
{
    public override double NextDouble() => 0;
}
