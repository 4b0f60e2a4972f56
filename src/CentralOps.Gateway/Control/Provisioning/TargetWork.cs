using System.Text.Json.Nodes;
using CentralOps.Gateway.Control.Served;
using CentralOps.Gateway.Control.Tags;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Synchronizing;

namespace CentralOps.Gateway.Control.Provisioning;

/// <summary>Does what is to be done with a target. All of an outcome is one write: a replica that dies before it has done nothing.</summary>
internal sealed class TargetWork(ControlContext context)
{
    private const int MostReasons = 100;
    private const int LongestReason = 2048;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TargetProvisioner _provisioner = new(context);

    public async ValueTask DoAsync(WorkItem work, StoredDocument queued, CancellationToken cancellationToken)
    {
        var target = await context.FindAsync(Kinds.Target, work.Id, cancellationToken);
        var gateway = await context.FindAsync(Kinds.Gateway, work.GatewayId!, cancellationToken);
        if (target is null || gateway is null)
        {
            // Its gateway was deleted with all that belongs to it.
            await context.Store.WriteAsync([Done(queued)], cancellationToken);
        }
        else if (work.Action == WorkAction.Delete)
        {
            await DeleteAsync(target, queued, cancellationToken);
        }
        else
        {
            var outcome = await ProvisionAsync(gateway.Body, target, cancellationToken);
            await SettleAsync(work, queued, target, outcome, cancellationToken);
        }
    }

    /// <summary>Ends work that fails again and again for reasons of ours.</summary>
    public async ValueTask GiveUpAsync(WorkItem work, StoredDocument queued, CancellationToken cancellationToken)
    {
        if (await context.FindAsync(Kinds.Target, work.Id, cancellationToken) is { } target)
        {
            await SettleAsync(work, queued, target, new SyncOutcome.Failed("An internal error occurred. Retry the operation."), cancellationToken);
        }
    }

    private async ValueTask<SyncOutcome> ProvisionAsync(JsonObject gateway, Resource target, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, context.Options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await _provisioner.ProvisionAsync(gateway, target, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SyncOutcome.Failed($"The target did not answer within {Patience.TotalMinutes} minutes.");
        }
    }

    private async ValueTask SettleAsync(WorkItem work, StoredDocument queued, Resource target, SyncOutcome outcome, CancellationToken cancellationToken)
    {
        var body = target.Body;
        body["status"] = StatusOf(work.Action, outcome);
        body["updatedAt"] = context.Now;
        body.Remove("authorizationData");
        body.Remove("statusReasons");
        List<StoreWrite> writes = [Done(queued)];
        IEnumerable<string> reasons = [];
        switch (outcome)
        {
            case SyncOutcome.Synchronized synchronized:
                reasons = [.. synchronized.Warnings, .. await ServeAsync(work, target, synchronized.Catalog, writes, cancellationToken)];
                if (body.At("targetConfiguration", "mcp", "mcpServer") is { } server && server.TextAt("listingMode") is not "DYNAMIC")
                {
                    body["lastSynchronizedAt"] = context.Now;
                }

                break;
            case SyncOutcome.PendingAuthorization pending:
                var data = new JsonObject { ["authorizationUrl"] = pending.AuthorizationUrl };
                if (pending.UserId is { } user)
                {
                    data["userId"] = user;
                }

                body["authorizationData"] = new JsonObject { ["oauth2"] = data };
                break;
            case SyncOutcome.Failed failed:
                reasons = [failed.Reason];
                break;
        }

        var shown = reasons.Take(MostReasons).Select(static reason => (JsonNode?)Printable.Text(reason, LongestReason - 1)).ToArray();
        if (shown.Length > 0)
        {
            body["statusReasons"] = new JsonArray(shown);
        }

        writes.Add(target.Updated(body));
        await context.Store.WriteAsync(writes, cancellationToken);
    }

    /// <summary>Writes what is served from now on; tells what is different.</summary>
    private async ValueTask<IEnumerable<string>> ServeAsync(WorkItem work, Resource target, TargetCatalog catalog, List<StoreWrite> writes, CancellationToken cancellationToken)
    {
        var bytes = CatalogBytes.Write(catalog);
        var served = await context.FindAsync(Kinds.Served, target.Id, cancellationToken);
        var last = served is null ? null : await context.Store.FindAsync(Kinds.Catalog, served.Find("catalog")!, cancellationToken);
        if (served is null || last is null || !last.Body.Span.SequenceEqual(bytes))
        {
            var id = Ids.Uuid();
            var snapshot = ServedTargets.Snapshot(target.Body, id);
            writes.Add(new StoreWrite.Insert(Kinds.Catalog, id, target.Id, null, bytes));
            writes.Add(served?.Updated(snapshot) ?? new StoreWrite.Insert(Kinds.Served, target.Id, target.Document.Parent, null, Resource.Bytes(snapshot)));
            if (last is not null)
            {
                writes.Add(new StoreWrite.Delete(Kinds.Catalog, last.Id, last.Version));
            }
        }
        else if (ServedTargets.Snapshot(target.Body, last.Id) is var snapshot && !JsonNode.DeepEquals(snapshot, served.Body))
        {
            writes.Add(served.Updated(snapshot));
        }

        return last is null || work.Action == WorkAction.Create ? [] : DiffSentences.Of(CatalogDiff.Between(CatalogBytes.Read(last.Body), catalog));
    }

    private async ValueTask DeleteAsync(Resource target, StoredDocument queued, CancellationToken cancellationToken)
    {
        List<StoreWrite> writes = [Done(queued), target.Deleted()];
        await ForgetAsync(context, target.Id, writes, cancellationToken);
        await TagOperations.DetachAsync(context, $"{target.Find("gatewayArn")}/target/{target.Id}", writes, cancellationToken);
        await context.Store.WriteAsync(writes, cancellationToken);
    }

    /// <summary>What is served of a target goes with it.</summary>
    public static async ValueTask ForgetAsync(ControlContext context, string targetId, List<StoreWrite> writes, CancellationToken cancellationToken)
    {
        if (await context.Store.FindAsync(Kinds.Served, targetId, cancellationToken) is { } served)
        {
            writes.Add(new StoreWrite.Delete(Kinds.Served, targetId, served.Version));
        }

        await foreach (var catalog in context.AllAsync(Kinds.Catalog, targetId, cancellationToken))
        {
            writes.Add(new StoreWrite.Delete(Kinds.Catalog, catalog.Id, catalog.Version));
        }
    }

    private static StoreWrite.Delete Done(StoredDocument queued) => new(Kinds.Work, queued.Id, queued.Version);

    private static string StatusOf(WorkAction action, SyncOutcome outcome) => (outcome, action) switch
    {
        (SyncOutcome.Synchronized, _) => "READY",
        (SyncOutcome.PendingAuthorization, WorkAction.Create) => "CREATE_PENDING_AUTH",
        (SyncOutcome.PendingAuthorization, WorkAction.Update) => "UPDATE_PENDING_AUTH",
        (SyncOutcome.PendingAuthorization, _) => "SYNCHRONIZE_PENDING_AUTH",
        (_, WorkAction.Update) => "UPDATE_UNSUCCESSFUL",
        (_, WorkAction.Synchronize) => "SYNCHRONIZE_UNSUCCESSFUL",
        _ => "FAILED",
    };
}
