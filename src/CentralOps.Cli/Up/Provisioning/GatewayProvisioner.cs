using System.Text.Json.Nodes;
using CentralOps.Cli.Control;

namespace CentralOps.Cli.Up.Provisioning;

/// <summary>
/// Brings the control plane to where a plan has it, through the API that everybody else uses: makes what is missing, changes what differs, takes away
/// what 'up' made once and no longer wants, and leaves everything else alone.
/// </summary>
internal sealed class GatewayProvisioner(ControlSession control)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <returns>The gateway's id.</returns>
    /// <exception cref="ControlRefusedException">The control plane says no.</exception>
    /// <exception cref="CommandFailedException">What was made did not become ready.</exception>
    public async Task<string> ApplyAsync(GatewayPlan plan, CancellationToken cancellationToken)
    {
        var gatewayId = await ApplyGatewayAsync(plan, cancellationToken);
        var targets = await ListAsync("ListGatewayTargets", new JsonObject { ["gatewayIdentifier"] = gatewayId }, cancellationToken);

        // One after the other: tools are listed in the order in which their targets were made, and that is the plan's.
        foreach (var target in plan.Targets)
        {
            await ApplyTargetAsync(gatewayId, target, targets, cancellationToken);
        }

        foreach (var old in targets.Where(target => IsOurs(target) && plan.Targets.All(wanted => !string.Equals(wanted.Name, Text(target, "name"), StringComparison.Ordinal))))
        {
            await control.CallAsync("DeleteGatewayTarget", Key(gatewayId, Text(old, "targetId")), cancellationToken);
        }

        return gatewayId;
    }

    private async Task<string> ApplyGatewayAsync(GatewayPlan plan, CancellationToken cancellationToken)
    {
        var known = (await ListAsync("ListGateways", [], cancellationToken)).FirstOrDefault(gateway => string.Equals(Text(gateway, "name"), plan.Name, StringComparison.Ordinal));
        if (known is null)
        {
            return await ReadyAsync("GetGateway", Key(Text(await control.CallAsync("CreateGateway", plan.Input(plan.SearchType), cancellationToken), "gatewayId")), plan.Name, cancellationToken);
        }

        var key = Key(Text(known, "gatewayId"));
        var now = await control.CallAsync("GetGateway", key, cancellationToken);

        // It cannot be changed: what is there keeps what it has, and 'status' says how to come by the other.
        var input = plan.Input(now["protocolConfiguration"]?["mcp"]?["searchType"]?.ToString());
        if (Text(now, "status") is "READY" && input.All(member => JsonNode.DeepEquals(now[member.Key], member.Value)))
        {
            return Text(now, "gatewayId");
        }

        // An update replaces everything, so what people set beside ours goes back with it.
        foreach (var kept in (string[])["description", "authorizerConfiguration", "interceptorConfigurations", "kmsKeyArn", "policyEngineConfiguration"])
        {
            input[kept] = now[kept]?.DeepClone();
        }

        var update = new JsonObject([.. input.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))])
        {
            ["gatewayIdentifier"] = Text(now, "gatewayId"),
        };
        await control.CallAsync("UpdateGateway", update, cancellationToken);
        return await ReadyAsync("GetGateway", key, plan.Name, cancellationToken);
    }

    private async Task ApplyTargetAsync(string gatewayId, TargetPlan plan, IReadOnlyList<JsonObject> targets, CancellationToken cancellationToken)
    {
        var input = plan.Input(gatewayId);
        if (targets.FirstOrDefault(target => string.Equals(Text(target, "name"), plan.Name, StringComparison.Ordinal)) is not { } known)
        {
            var made = await control.CallAsync("CreateGatewayTarget", input, cancellationToken);
            await ReadyAsync("GetGatewayTarget", Key(gatewayId, Text(made, "targetId")), plan.Name, cancellationToken);
            return;
        }

        var key = Key(gatewayId, Text(known, "targetId"));
        var now = await control.CallAsync("GetGatewayTarget", key, cancellationToken);
        if (Text(now, "status") is "READY" && JsonNode.DeepEquals(now["targetConfiguration"], plan.Configuration))
        {
            return;
        }

        input["targetId"] = Text(known, "targetId");
        await control.CallAsync("UpdateGatewayTarget", input, cancellationToken);
        await ReadyAsync("GetGatewayTarget", key, plan.Name, cancellationToken);
    }

    /// <summary>Waits until what is being made is made.</summary>
    /// <returns>The gateway's id, of which every answer tells.</returns>
    private async Task<string> ReadyAsync(string get, JsonObject key, string name, CancellationToken cancellationToken)
    {
        var startedAt = control.Time.GetTimestamp();
        for (var pause = Shortest; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            var now = await control.CallAsync(get, key, cancellationToken);
            var status = Text(now, "status");
            if (status is "READY")
            {
                return Text(key, "gatewayIdentifier");
            }

            if (!status.EndsWith("ING", StringComparison.Ordinal) || control.Time.GetElapsedTime(startedAt) > Limit)
            {
                var reasons = string.Join(' ', (now["statusReasons"] as JsonArray ?? []).Select(reason => reason?.ToString()));
                throw new CommandFailedException($"'{name}' did not become ready: it is {status}. {reasons}".TrimEnd());
            }

            await Task.Delay(pause, control.Time, cancellationToken);
        }
    }

    private async Task<List<JsonObject>> ListAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        var items = new List<JsonObject>();
        await foreach (var item in control.AllAsync(operation, input, "items", cancellationToken))
        {
            items.Add(item);
        }

        return items;
    }

    private static bool IsOurs(JsonObject target) => string.Equals(Text(target, "description"), TargetPlan.Description, StringComparison.Ordinal);

    private static JsonObject Key(string gatewayId) => new() { ["gatewayIdentifier"] = gatewayId };

    private static JsonObject Key(string gatewayId, string targetId) => new() { ["gatewayIdentifier"] = gatewayId, ["targetId"] = targetId };

    private static string Text(JsonObject value, string member) => value[member]?.ToString() ?? "";
}
