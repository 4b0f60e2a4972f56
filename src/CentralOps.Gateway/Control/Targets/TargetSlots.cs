using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Targets;

/// <summary>AgentCore's quota on operations on one gateway's targets that run at once. Counted are the works that are queued or done just now.</summary>
internal static class TargetSlots
{
    /// <summary>What holds the quota against other replicas too; goes behind the work's own write.</summary>
    public static StoreWrite Held(string gatewayId) => new StoreWrite.AtMost(Kinds.Work, gatewayId, ControlLimits.MaxTargetOperations);

    public static async ValueTask<ControlError?> RefusalAsync(ControlContext context, string gatewayId, CancellationToken cancellationToken) =>
        await context.Store.CountAsync(Kinds.Work, gatewayId, cancellationToken) >= ControlLimits.MaxTargetOperations ? Refusal(context.Switches) : null;

    public static ControlError Refusal(ControlSwitches switches)
    {
        var words = $"The limit of {ControlLimits.MaxTargetOperations} concurrent target operations on one gateway has been reached. Retry when one has ended.";
        return switches.SixthTargetOperation switch
        {
            SixthTargetOperation.Conflict => ControlError.Conflict(words),
            SixthTargetOperation.Quota => ControlError.QuotaOf(words),
            _ => ControlError.ThrottledBy(words),
        };
    }
}
