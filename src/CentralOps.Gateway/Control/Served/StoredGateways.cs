using System.Runtime.CompilerServices;
using CentralOps.Gateway.Control.Provisioning;
using CentralOps.Gateway.Storage;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Control.Served;

/// <summary>The gateways of the store, as a data plane serves them: on every replica within a second of a change made on any.</summary>
internal sealed partial class StoredGateways(ControlContext context, ILogger<StoredGateways> log) : IGatewaySource
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<IReadOnlyList<GatewayConfig>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = new Known();
        var first = true;
        await foreach (var _ in context.Store.WatchAsync(cancellationToken))
        {
            while (!await TryReadAsync(known, cancellationToken))
            {
                await Task.Delay(Retry, context.Options.Time, cancellationToken);
            }

            if (first || known.Changed)
            {
                first = false;
                yield return known.Gateways;
            }
        }
    }

    private async ValueTask<bool> TryReadAsync(Known known, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(known, cancellationToken);
            return true;
        }
        catch (StoreException away)
        {
            StoreAway(away);
            return false;
        }
    }

    private async ValueTask ReadAsync(Known known, CancellationToken cancellationToken)
    {
        // Targets first: one that came since belongs to a gateway that is read after it, or comes with the next change.
        var targets = new Dictionary<string, List<TargetConfig>>(StringComparer.Ordinal);
        var seen = new Dictionary<string, ServedTarget>(StringComparer.Ordinal);
        await foreach (var served in context.AllAsync(Kinds.Served, parent: null, cancellationToken))
        {
            var target = known.Targets.TryGetValue(served.Id, out var same) && same.Version == served.Version ? same : await OpenAsync(served, same, cancellationToken);
            if (target is null)
            {
                continue;
            }

            seen.Add(served.Id, target);
            (targets.TryGetValue(served.Parent, out var siblings) ? siblings : targets[served.Parent] = []).Add(target.Config);
        }

        var gateways = new Dictionary<string, ServedGateway>(StringComparer.Ordinal);
        await foreach (var document in context.AllAsync(Kinds.Gateway, "", cancellationToken))
        {
            var gateway = Resource.Of(document);
            if (gateway.Status is not ("DELETING" or "FAILED"))
            {
                gateways.Add(document.Id, ServedGateway.Of(gateway, targets.GetValueOrDefault(document.Id, []), known.ById.GetValueOrDefault(document.Id), context.Options));
            }
        }

        known.Replace(gateways, seen);
    }

    private async ValueTask<ServedTarget?> OpenAsync(StoredDocument served, ServedTarget? before, CancellationToken cancellationToken)
    {
        var id = ServedTargets.CatalogOf(served);
        if (before is not null && string.Equals(before.CatalogId, id, StringComparison.Ordinal))
        {
            return before with { Version = served.Version, Config = ServedTargets.Read(served, before.Config.Catalog) };
        }

        // A catalogue that is gone was replaced since: the next change brings the new one.
        return await context.Store.FindAsync(Kinds.Catalog, id, cancellationToken) is { } catalog
            ? new ServedTarget(served.Version, id, ServedTargets.Read(served, CatalogBytes.Read(catalog.Body)))
            : before;
    }

    [LoggerMessage(LogLevel.Warning, "The store does not answer; what was served is served on.")]
    private partial void StoreAway(Exception away);

    private sealed record ServedTarget(long Version, string CatalogId, TargetConfig Config);

    /// <summary>What was read last.</summary>
    private sealed class Known
    {
        public Dictionary<string, ServedTarget> Targets { get; private set; } = new(StringComparer.Ordinal);

        public Dictionary<string, ServedGateway> ById { get; private set; } = new(StringComparer.Ordinal);

        public IReadOnlyList<GatewayConfig> Gateways { get; private set; } = [];

        public bool Changed { get; private set; }

        public void Replace(Dictionary<string, ServedGateway> gateways, Dictionary<string, ServedTarget> targets)
        {
            IReadOnlyList<GatewayConfig> now = [.. gateways.Values.Select(static gateway => gateway.Config)];
            Changed = now.Count != Gateways.Count || !now.Zip(Gateways).All(static pair => ReferenceEquals(pair.First, pair.Second));
            (ById, Targets, Gateways) = (gateways, targets, now);
        }
    }
}
