using System.Text.Json.Nodes;
using CentralOps.Cli.Running;
using CentralOps.Cli.Tests.Control;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Cli.Tests.Gateways;

public sealed class RotateKeyCommandTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("centralops-rotate-").FullName;

    private string KeyFile => Path.Combine(_state, "gateway.key");

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public async Task Secrets_are_sealed_with_a_new_key_and_the_old_one_is_gone()
    {
        var old = MasterKeyFile.Open(KeyFile, TimeProvider.System, out _);
        await InStoreAsync(store => store.WriteAsync([new SealedStore(store, new Sealer(old)).Insert("crm", "", new Secret("very-secret"))], default).AsTask());

        var (code, data, words) = await RunAsync("--output", "json");

        code.ShouldBe(ExitCode.Ok, words);
        var told = JsonNode.Parse(data)!;
        ((int)told["resealed"]!, (bool)told["resumed"]!, (string)told["retired"]![0]!).ShouldBe((1, false, old.Newest.Id));
        var now = MasterKeyFile.Open(KeyFile, TimeProvider.System, out _);
        now.Ids.ShouldBe([(string)told["key_id"]!]);
        await InStoreAsync(async store => (await new SealedStore(store, new Sealer(now)).FindAsync("crm", default))!.Value.Reveal().ShouldBe("very-secret"));
        (data + words).ShouldNotContain("very-secret");
    }

    [Fact]
    public async Task While_something_runs_there_nothing_is_changed()
    {
        MasterKeyFile.Open(KeyFile, TimeProvider.System, out _);
        var before = await File.ReadAllTextAsync(KeyFile);
        using var held = StateDirectory.At(_state).TryHold();

        var (code, _, words) = await RunAsync();

        code.ShouldBe(ExitCode.Refused);
        words.ShouldContain("stop it, change the key, and start it again");
        (await File.ReadAllTextAsync(KeyFile)).ShouldBe(before);
    }

    [Fact]
    public async Task Where_there_is_no_key_none_is_made_and_a_wrong_one_is_refused_without_being_told()
    {
        (await RunAsync()).Words.ShouldContain("There is no key in");
        File.Exists(KeyFile).ShouldBeFalse();

        var file = Path.Combine(_state, "new.key");
        await File.WriteAllTextAsync(file, "mine:bm90LWEta2V5");
        var (code, _, words) = await RunAsync("--new-key-from", "file:" + file);
        code.ShouldBe(ExitCode.Usage);
        words.ShouldContain("not base64 of 32 bytes");
        words.ShouldNotContain("bm90LWEta2V5");
    }

    private Task<(int Code, string Data, string Words)> RunAsync(params string[] more) => ManagedGateways.RunAtAsync(null, ["gateway", "rotate-key", "--state", _state, .. more]);

    private async Task InStoreAsync(Func<IStore, Task> use)
    {
        DatabaseUrl.TryParse($"sqlite:{_state}/gateway.db", out var url, out var fault).ShouldBeTrue(fault);
        await using var store = await Stores.OpenAsync(url, TimeProvider.System, NullLoggerFactory.Instance, default);
        await use(store);
    }
}
