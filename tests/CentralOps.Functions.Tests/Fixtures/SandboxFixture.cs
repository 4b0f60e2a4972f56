using CentralOps.Aws.Credentials;
using CentralOps.Sandbox;

namespace CentralOps.Functions.Tests.Fixtures;

/// <summary>The sandbox organization, started once for the tests of a class.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    private SandboxServer? _server;

    public Uri Url => _server!.Url;

    public AwsCredentials FunctionRole => _server!.SessionOf("arn:aws:iam::111111111111:role/CentralOpsLambdaRole", "central-ops-ec2", TimeSpan.FromHours(1));

    public async Task InitializeAsync() => _server = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);

    public async Task DisposeAsync() => await _server!.DisposeAsync();
}
