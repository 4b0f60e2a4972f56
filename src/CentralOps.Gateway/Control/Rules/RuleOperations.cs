using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control.Rules;

/// <summary>
/// Create, Get, List, Update and DeleteGatewayRule: kept and returned, not acted on yet. There is nothing to provision, so a rule is ACTIVE as soon as
/// it is read again; the answers of Create, Update and Delete say what AgentCore's say.
/// </summary>
internal static class RuleOperations
{
    private const string What = "Gateway rule";

    public static async ValueTask<ControlResult> CreateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var gatewayId = call.Text("gatewayIdentifier");
        if (await context.FindAsync(Kinds.Gateway, gatewayId, cancellationToken) is not { } gateway)
        {
            return ControlError.NotFound("Gateway", gatewayId);
        }

        if (RuleDemands.Check(call.Input) is { } wrong)
        {
            return wrong;
        }

        var id = Ids.Uuid();
        var body = call.Without("gatewayIdentifier", "clientToken");
        body["ruleId"] = id;
        body["gatewayArn"] = context.Arns.Gateway(gatewayId);
        body["createdAt"] = context.Now;
        body["status"] = "ACTIVE";
        return await context.CommitAsync(
            call,
            [gateway.Unchanged(), new StoreWrite.Insert(Kinds.Rule, id, gatewayId, null, Resource.Bytes(body)), new StoreWrite.AtMost(Kinds.Rule, gatewayId, ControlLimits.MaxRules)],
            In("CREATING", body), ControlError.Quota("rules on a gateway", ControlLimits.MaxRules), cancellationToken);
    }

    public static async ValueTask<ControlResult> GetAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await FindAsync(context, call, cancellationToken) is { } rule ? rule.Body : NotFound(call);

    public static async ValueTask<ControlResult> ListAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        var gatewayId = call.Text("gatewayIdentifier");
        return await context.Store.FindAsync(Kinds.Gateway, gatewayId, cancellationToken) is null
            ? ControlError.NotFound("Gateway", gatewayId)
            : await Page.ListAsync(context, call, Kinds.Rule, gatewayId, "gatewayRules", 100, static rule => rule.Body, cancellationToken);
    }

    public static async ValueTask<ControlResult> UpdateAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, call, cancellationToken) is not { } rule)
        {
            return NotFound(call);
        }

        // A PATCH: what is left out stays.
        foreach (var (name, value) in call.Without("gatewayIdentifier", "ruleId"))
        {
            rule.Body[name] = value?.DeepClone();
        }

        rule.Body["updatedAt"] = context.Now;
        return RuleDemands.Check(rule.Body) is { } wrong
            ? wrong
            : await context.CommitAsync(call, [rule.Updated(rule.Body)], In("UPDATING", rule.Body), whenFull: null, cancellationToken);
    }

    public static async ValueTask<ControlResult> DeleteAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await FindAsync(context, call, cancellationToken) is { } rule
            ? await context.CommitAsync(call, [rule.Deleted()], new JsonObject { ["ruleId"] = rule.Id, ["status"] = "DELETING" }, whenFull: null, cancellationToken)
            : NotFound(call);

    private static async ValueTask<Resource?> FindAsync(ControlContext context, ControlCall call, CancellationToken cancellationToken) =>
        await context.FindAsync(Kinds.Rule, call.Text("ruleId"), cancellationToken) is { } rule
            && string.Equals(rule.Document.Parent, call.Text("gatewayIdentifier"), StringComparison.Ordinal)
                ? rule
                : null;

    private static JsonObject In(string status, JsonObject body)
    {
        var shown = body.DeepClone().AsObject();
        shown["status"] = status;
        return shown;
    }

    private static ControlError NotFound(ControlCall call) => ControlError.NotFound(What, call.Text("ruleId"));
}
