using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Provisioning;

internal enum WorkAction
{
    Create,
    Update,
    Synchronize,
    Delete,
}

/// <summary>
/// Something that a replica has to do after an operation was answered: written with the operation's own changes, and taken away with its outcome's. A resource has
/// one at most. Whichever replica holds its lease does it.
/// </summary>
/// <param name="Id">The gateway's or the target's.</param>
/// <param name="GatewayId">Null for a gateway's own.</param>
internal sealed record WorkItem(string Id, string? GatewayId, WorkAction Action)
{
    public static WorkItem ForGateway(string gatewayId, WorkAction action) => new(gatewayId, null, action);

    public static WorkItem ForTarget(string gatewayId, string targetId, WorkAction action) => new(targetId, gatewayId, action);

    public static WorkItem Of(StoredDocument document)
    {
        var body = JsonNode.Parse(document.Body.Span)!;
        return new(document.Id, body.TextAt("gateway"), Enum.Parse<WorkAction>(body.TextAt("action")!));
    }

    /// <summary>Belongs to the gateway, so that its target operations can be counted.</summary>
    public StoreWrite Queued()
    {
        var body = new JsonObject { ["action"] = Action.ToString() };
        if (GatewayId is not null)
        {
            body["gateway"] = GatewayId;
        }

        return new StoreWrite.Insert(Kinds.Work, Id, GatewayId ?? "", null, Resource.Bytes(body));
    }
}
