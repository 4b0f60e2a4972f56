using CentralOps.Cli.Serve;
using CentralOps.Gateway;
using CentralOps.Gateway.Settings;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Cli.Doctor;

/// <summary>The database and the key of an installation on this machine.</summary>
internal sealed class StorageChecks(string directory, GatewaySettings settings, Func<string, string?> variable, TimeProvider time)
{
    private const string EmbeddingKind = "embedding";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var keys = Keys(findings);
        var url = variable(DatabaseUrl.Variable);
        if (url is not { Length: > 0 } && !File.Exists(Path.Combine(directory, KeptStore.DatabaseFile)))
        {
            findings.Add(Finding.Ok("database", $"There is none yet in {directory}; the first start makes it."));
            return findings;
        }

        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await using var store = await KeptStore.OpenAsync(directory, url, time, NullLoggerFactory.Instance, either.Token);
            var gateways = await store.CountAsync("gateway", parent: null, either.Token);
            findings.Add(Finding.Ok("database", $"It answers, is of this version, and keeps {gateways} gateway{(gateways == 1 ? "" : "s")}."));
            await SecretsAsync(store, keys, findings, either.Token);
            await EmbeddingsAsync(store, findings, either.Token);
        }
        catch (Exception failed) when (failed is GatewayStartException or StoreException or CommandFailedException)
        {
            findings.Add(Finding.Problem("database", failed.Message, $"See whether {DatabaseUrl.Variable} names it rightly and whether it runs."));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Add(Finding.Problem("database", $"It did not answer within {Patience.TotalSeconds:0} seconds.", "See whether it runs, and whether a firewall lies between."));
        }

        return findings;
    }

    private MasterKeys? Keys(List<Finding> findings)
    {
        if (variable(MasterKeys.Variable) is { Length: > 0 } text)
        {
            var isRight = MasterKeys.TryParse(text, MasterKeys.Variable, out var parsed, out var fault);
            findings.Add(isRight ? Finding.Ok("key", $"{MasterKeys.Variable} holds {Held(parsed!)}.") : Finding.Problem("key", fault!, "Correct it on every replica."));
            return parsed;
        }

        var file = Path.Combine(directory, KeptStore.KeyFile);
        if (!File.Exists(file))
        {
            findings.Add(Finding.Ok("key", $"There is none yet in {directory}; the first start makes it."));
            return null;
        }

        try
        {
            var keys = MasterKeyFile.Open(file, time, out _);
            findings.Add(Finding.Ok("key", $"{file} is its owner's alone and holds {Held(keys)}."));
            return keys;
        }
        catch (GatewayStartException wrong)
        {
            findings.Add(Finding.Problem("key", wrong.Message, "Without it no kept secret can be used."));
            return null;
        }
    }

    private static string Held(MasterKeys keys) => keys.Ids.Count == 1 ? $"the key {keys.Newest.Id}" : $"{keys.Ids.Count} keys, of which {keys.Newest.Id} seals";

    private static async Task SecretsAsync(IStore store, MasterKeys? keys, List<Finding> findings, CancellationToken cancellationToken)
    {
        if (keys is null)
        {
            return;
        }

        var counts = await new SealedStore(store, new Sealer(keys)).CountByKeyAsync(cancellationToken);
        var lost = counts.Where(count => !keys.Ids.Contains(count.Key, StringComparer.Ordinal)).ToArray();
        if (lost.Length > 0)
        {
            findings.Add(Finding.Problem(
                "secrets", $"{lost.Sum(static count => count.Value)} of them are sealed with keys that are not here: {string.Join(", ", lost.Select(static count => count.Key.Length > 0 ? count.Key : "(none)"))}.",
                "Bring the keys back, or set these secrets again."));
        }

        var older = counts.Where(count => keys.Ids.Contains(count.Key, StringComparer.Ordinal) && !string.Equals(count.Key, keys.Newest.Id, StringComparison.Ordinal)).Sum(static count => count.Value);
        if (older > 0)
        {
            findings.Add(Finding.Warning("secrets", $"{older} of them are still sealed with an older key: a rotation was not finished.", "Run './centralops gateway rotate-key' to its end."));
        }

        if (lost.Length == 0 && older == 0)
        {
            findings.Add(Finding.Ok("secrets", counts.Count == 0 ? "There are none." : $"{counts.Values.Sum()}, all sealed with {keys.Newest.Id}."));
        }
    }

    private async Task EmbeddingsAsync(IStore store, List<Finding> findings, CancellationToken cancellationToken)
    {
        if (settings.Embeddings is null)
        {
            findings.Add(Finding.Ok("search", "It goes by words; the settings name no source of embeddings."));
            return;
        }

        var kept = await store.CountAsync(EmbeddingKind, parent: null, cancellationToken);
        findings.Add(kept > 0
            ? Finding.Ok("search", $"{kept} embeddings are kept.")
            : Finding.Warning("search", "The settings name a source of embeddings, and none has come from it yet: search goes by words.", "Start the gateway with these settings, and see with --verbose what the source answers."));
    }
}
