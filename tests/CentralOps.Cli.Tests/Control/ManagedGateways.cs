using System.Collections.Concurrent;
using CentralOps.Cli.Running;
using CentralOps.Gateway;
using CentralOps.Gateway.Control;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;
using CentralOps.Gateway.Synchronizing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Cli.Tests.Control;

/// <summary>A control plane over a database file, and the commands that manage it.</summary>
internal sealed class ManagedGateways : ITargetSynchronizer, IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("centralops-control-").FullName;
    private IStore _store = null!;
    private ControlPlane _control = null!;

    public string Url => _control.Url.GetLeftPart(UriPartial.Authority);

    public string Folder => _directory;

    /// <summary>What a server answers when it is synchronized; others offer nothing.</summary>
    public ConcurrentDictionary<string, SyncOutcome> Servers { get; } = new(StringComparer.Ordinal);

    /// <summary>Happens at every synchronization.</summary>
    public Action Synchronizing { get; set; } = () => { };

    /// <summary>Where the gateways' MCP endpoint is said to be.</summary>
    public string McpUrl { get; set; } = "http://127.0.0.1:1/mcp";

    public static async Task<ManagedGateways> StartAsync()
    {
        var managed = new ManagedGateways();
        DatabaseUrl.TryParse($"sqlite:{managed._directory}/gateway.db", out var url, out var fault).ShouldBeTrue(fault);
        managed._store = await Stores.OpenAsync(url, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        managed._control = await ControlPlane.StartAsync(
            new ControlOptions
            {
                Store = managed._store,
                Sealer = new Sealer(MasterKeyFile.Open(Path.Combine(managed._directory, "master.key"), TimeProvider.System, out _)),
                Synchronizer = managed,
                AccountId = "111111111111",
                Region = "us-east-1",
                GatewayUrl = _ => managed.McpUrl,
            },
            CancellationToken.None);
        return managed;
    }

    public ValueTask<SyncOutcome> SynchronizeAsync(GatewayConfig gateway, TargetConfig target, CancellationToken cancellationToken)
    {
        Synchronizing();
        return new(target.Endpoint is TargetEndpoint.McpServer server && Servers.TryGetValue(server.Url, out var outcome) ? outcome : new SyncOutcome.Synchronized(TargetCatalog.Empty, []));
    }

    public Task<(int Code, string Data, string Words)> RunAsync(params string[] arguments) => RunAtAsync(80, [.. arguments, "--endpoint", Url]);

    /// <param name="width">Columns of a terminal; null for a pipe.</param>
    public static async Task<(int Code, string Data, string Words)> RunAtAsync(int? width, params string[] arguments)
    {
        var (data, words, screen) = Fake.Screen(width);
        var code = await CommandLine.RunAsync(arguments, screen);
        return (code, data.ToString(), words.ToString());
    }

    /// <summary>The same as an 'up' that runs here.</summary>
    public IDisposable AsRunning(string state, string? sandboxUrl = null)
    {
        var directory = StateDirectory.At(state);
        var held = directory.TryHold()!;
        directory.Write(new UpState(McpUrl, sandboxUrl, "none", "us-east-1", null, new UpPorts(1, 1), [], DateTimeOffset.UnixEpoch) { ControlUrl = Url });
        return held;
    }

    /// <summary>The key that a target would get.</summary>
    public async Task<string?> KeyAsync(string name) =>
        (await _control.CredentialProviders.FindApiKeyAsync($"arn:aws:bedrock-agentcore:us-east-1:111111111111:token-vault/default/apikeycredentialprovider/{name}", CancellationToken.None))?.Reveal();

    public string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
