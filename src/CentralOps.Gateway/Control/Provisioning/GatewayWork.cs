using CentralOps.Gateway.Control.Tags;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Provisioning;

/// <summary>Does what is to be done with a gateway: nothing has to be set up for one, and all that belongs to it goes with it.</summary>
internal sealed class GatewayWork(ControlContext context)
{
    private const int MostInOneWrite = 200;

    private static readonly string[] BelowGateways = [Kinds.Target, Kinds.Work, Kinds.Rule, Kinds.RateLimit];

    public async ValueTask DoAsync(WorkItem work, StoredDocument queued, CancellationToken cancellationToken)
    {
        var done = new StoreWrite.Delete(Kinds.Work, queued.Id, queued.Version);
        if (await context.FindAsync(Kinds.Gateway, work.Id, cancellationToken) is not { } gateway)
        {
            await context.Store.WriteAsync([done], cancellationToken);
            return;
        }

        if (work.Action == WorkAction.Delete)
        {
            await DeleteAsync(gateway, done, cancellationToken);
            return;
        }

        gateway.Body["status"] = "READY";
        gateway.Body["updatedAt"] = context.Now;
        await context.Store.WriteAsync([gateway.Updated(gateway.Body), done], cancellationToken);
    }

    private async ValueTask DeleteAsync(Resource gateway, StoreWrite done, CancellationToken cancellationToken)
    {
        var writes = new List<StoreWrite>();
        foreach (var kind in BelowGateways)
        {
            await foreach (var document in context.AllAsync(kind, gateway.Id, cancellationToken))
            {
                writes.Add(new StoreWrite.Delete(kind, document.Id, document.Version));
                if (kind is Kinds.Target)
                {
                    await TargetWork.ForgetAsync(context, document.Id, writes, cancellationToken);
                }

                if (writes.Count >= MostInOneWrite)
                {
                    await context.Store.WriteAsync(writes, cancellationToken);
                    writes.Clear();
                }
            }
        }

        // The gateway goes last: as long as it is there, whoever takes this work over finds the rest.
        writes.AddRange([gateway.Deleted(), done]);
        await TagOperations.DetachAsync(context, context.Arns.Gateway(gateway.Id), writes, cancellationToken);
        await TagOperations.DetachAsync(context, context.Arns.WorkloadIdentity(gateway.Id), writes, cancellationToken);
        if (await context.Store.FindAsync(Kinds.WorkloadIdentity, gateway.Id, cancellationToken) is { } identity)
        {
            writes.Add(new StoreWrite.Delete(Kinds.WorkloadIdentity, identity.Id, identity.Version));
        }

        await context.Store.WriteAsync(writes, cancellationToken);
    }
}
