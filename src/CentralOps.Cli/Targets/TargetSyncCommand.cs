using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Gateways;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Targets;

/// <summary><c>centralops target sync</c>: the gateway asks its servers anew, and what changed is told.</summary>
internal static class TargetSyncCommand
{
    /// <summary>The API takes one target a call (<c>targetIdList</c>, 1 to 1).</summary>
    public static Command Create(Screen screen)
    {
        var targets = new Argument<string[]>("target") { Description = "Names or ids of MCP servers, and of Lambda targets whose function is an MCP wrapper.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All MCP servers of the gateway." };
        var (gateway, noWait) = (TargetFinder.Gateway(), Settling.NoWait());
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("sync", "Let the gateway ask MCP servers what they offer now, and show what changed.") { targets, all, gateway, noWait });
        command.Validators.Add(result =>
        {
            if (result.GetValue(all) == (result.GetValue(targets) is { Length: > 0 }))
            {
                result.AddError("Say which targets to synchronize: their names, or --all.");
            }
        });
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var id = await GatewayFinder.IdAsync(session, parsed.GetValue(gateway), cancellationToken);
            var wanted = await WantedAsync(session, id, parsed.GetValue(targets) ?? [], cancellationToken);
            var names = wanted.ConvertAll(target => target.Text("name"));
            var url = (await session.CallAsync("GetGateway", GatewayFinder.Key(id), cancellationToken)).Text("gatewayUrl");
            var isTable = arguments.Output(parsed) == OutputFormat.Table && !parsed.GetValue(noWait);
            var before = isTable ? await screen.WhileAsync("Listing tools", () => ToolChanges.ListAsync(session, url, names, cancellationToken)) : null;
            var ended = new List<JsonObject>();
            foreach (var target in wanted)
            {
                ended.Add(await SynchronizeAsync(screen, session, id, target, parsed.GetValue(noWait), cancellationToken));
            }

            if (!isTable)
            {
                ControlView.List("targets", ended, OutputFormat.Json, screen);
                return ended.Select(target => Settling.Say(target, screen)).Append(ExitCode.Ok).Max();
            }

            var after = before is null ? null : await screen.WhileAsync("Listing tools", () => ToolChanges.ListAsync(session, url, names, cancellationToken));
            return Tell(ended, before, after, screen);
        });
        return command;
    }

    private static int Tell(List<JsonObject> ended, IReadOnlyDictionary<string, string>? before, IReadOnlyDictionary<string, string>? after, Screen screen)
    {
        var code = ended.Select(target => Settling.Say(target, screen)).Append(ExitCode.Ok).Max();
        if (before is not null && after is not null)
        {
            ToolChanges.Say(before, after, screen);
        }
        else
        {
            screen.Say($"{ended.Count} synchronized. What changed cannot be compared from here: the gateway's MCP endpoint does not answer without a signature or token of its own.");
        }

        return code;
    }

    private static async Task<List<JsonObject>> WantedAsync(ControlSession session, string gatewayId, string[] typed, CancellationToken cancellationToken)
    {
        if (typed.Length == 0)
        {
            var servers = (await TargetFinder.ListAsync(session, gatewayId, cancellationToken)).FindAll(target => target.Text("targetType") is "MCP_SERVER" or "");
            return servers.Count > 0 ? servers : throw new CommandFailedException("The gateway has no MCP server to synchronize: other targets have the tools that they were given.");
        }

        var wanted = new List<JsonObject>();
        foreach (var name in typed.Distinct(StringComparer.Ordinal))
        {
            wanted.Add(await TargetFinder.FindAsync(session, gatewayId, name, cancellationToken));
        }

        return wanted;
    }

    private static async Task<JsonObject> SynchronizeAsync(Screen screen, ControlSession session, string gatewayId, JsonObject target, bool noWait, CancellationToken cancellationToken)
    {
        var targetId = target.Text("targetId");
        if (target.Text("targetType") is "LAMBDA")
        {
            return await UpdateWrapperAsync(screen, session, TargetFinder.Key(gatewayId, targetId), noWait, cancellationToken);
        }

        var begun = await session.CallAsync("SynchronizeGatewayTargets", new JsonObject { ["gatewayIdentifier"] = gatewayId, ["targetIdList"] = new JsonArray(targetId) }, cancellationToken);
        if (noWait)
        {
            return (begun["targets"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault() ?? begun;
        }

        return await Settling.WaitAsync(screen, session, $"Synchronizing {target.Text("name")}", "GetGatewayTarget", TargetFinder.Key(gatewayId, targetId), cancellationToken)
            ?? throw new CommandFailedException($"The target {target.Text("name")} was deleted meanwhile.");
    }

    /// <summary>The gateway asks Lambda targets nothing: a wrapper is asked from here, and its target updated where it offers something else now.</summary>
    private static async Task<JsonObject> UpdateWrapperAsync(Screen screen, ControlSession session, JsonObject key, bool noWait, CancellationToken cancellationToken)
    {
        var target = await session.CallAsync("GetGatewayTarget", key, cancellationToken);
        var function = target["targetConfiguration"]?["mcp"]?["lambda"] as JsonObject ?? [];
        var schema = await screen.WhileAsync("Asking the wrapper for its tools", () => WrapperCatalog.ReadAsync(session, function.Text("lambdaArn"), screen, cancellationToken));
        if (JsonNode.DeepEquals(function["toolSchema"], schema))
        {
            return target;
        }

        var input = Members.FittingUpdate(target, "UpdateGatewayTarget");
        input.Put("targetConfiguration.mcp.lambda.toolSchema", schema);
        input.Over(key);
        var begun = await session.CallAsync("UpdateGatewayTarget", input, cancellationToken);
        return noWait ? begun
            : await Settling.WaitAsync(screen, session, $"Updating {target.Text("name")}", "GetGatewayTarget", key, cancellationToken)
            ?? throw new CommandFailedException($"The target {target.Text("name")} was deleted meanwhile.");
    }
}
