using System.CommandLine;
using CentralOps.Cli.Control;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Gateways;

/// <summary><c>centralops gateway</c>: gateways of a control plane, ours or AWS's.</summary>
internal static class GatewayCommand
{
    public static Command Create(Screen screen) =>
        new("gateway", "Make, see, change and delete gateways, here or in AWS.")
        {
            GatewayCreateCommand.Create(screen).With(screen,
                "./centralops gateway create ops --authorizer none --search",
                "./centralops gateway create ops --authorizer jwt --discovery-url https://idp.example.com/.well-known/openid-configuration --allowed-client agents",
                "./centralops gateway create ops --aws --role-arn arn:aws:iam::111111111111:role/OpsGateway",
                "./centralops gateway create --cli-input-json gateway.json"),
            Get(screen).With(screen, "./centralops gateway get ops", "./centralops gateway get ops-a1b2c3d4e5 --output json"),
            List(screen).With(screen, "./centralops gateway list", "./centralops gateway list --aws --region eu-central-1"),
            GatewayUpdateCommand.Create(screen).With(screen,
                "./centralops gateway update ops --description 'Operations tools'",
                "./centralops gateway update ops --allowed-client agents --allowed-client ci",
                "./centralops gateway update ops --remove exceptionLevel"),
            RotateKeyCommand.Create(screen).With(screen, "./centralops gateway rotate-key", "./centralops gateway rotate-key --new-key-from file:new.key --state /srv/centralops"),
            Delete(screen).With(screen, "./centralops gateway delete ops", "./centralops gateway delete ops --with-targets"),
        };

    private static Command Get(Screen screen)
    {
        var gateway = Named();
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("get", "Show a gateway.") { gateway });
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var id = await GatewayFinder.IdAsync(session, parsed.GetValue(gateway), cancellationToken);
            ControlView.Show(await session.CallAsync("GetGateway", GatewayFinder.Key(id), cancellationToken), arguments.Output(parsed), screen);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command List(Screen screen)
    {
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("list", "List gateways, all pages."));
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var gateways = await session.AllAsync("ListGateways", [], "items", cancellationToken).ToListAsync(cancellationToken);
            ControlView.List(
                "items", gateways, arguments.Output(parsed), screen,
                ("name", new Column("NAME", 1)), ("gatewayId", new Column("ID", Whole: true)), ("status", new Column("STATUS", 2)), ("authorizerType", new Column("AUTHORIZER", 3)),
                ("description", new Column("DESCRIPTION", 5)), ("updatedAt", new Column("UPDATED", 4)));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Delete(Screen screen)
    {
        var gateway = Named();
        var withTargets = new Option<bool>("--with-targets") { Description = "Delete its targets first; without it a gateway that has any is refused." };
        var noWait = Settling.NoWait();
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("delete", "Delete a gateway.") { gateway, withTargets, noWait });
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var id = await GatewayFinder.IdAsync(session, parsed.GetRequiredValue(gateway), cancellationToken);
            if (parsed.GetValue(withTargets))
            {
                await Targets.TargetFinder.DeleteAllAsync(screen, session, id, cancellationToken);
            }

            var deleting = await session.CallAsync("DeleteGateway", GatewayFinder.Key(id), cancellationToken);
            var left = parsed.GetValue(noWait) ? deleting : await Settling.WaitAsync(screen, session, $"Deleting {id}", "GetGateway", GatewayFinder.Key(id), cancellationToken);
            return Ended(screen, left, deleting, arguments.Output(parsed));
        });
        return command;
    }

    /// <summary>After a deletion: what is left says why; nothing is left where it succeeded.</summary>
    internal static int Ended(Screen screen, System.Text.Json.Nodes.JsonObject? left, System.Text.Json.Nodes.JsonObject deleting, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            ControlView.WriteJson(left ?? deleting, screen);
        }

        if (left is not null)
        {
            return Settling.Say(left, screen);
        }

        screen.Say("Deleted.");
        return ExitCode.Ok;
    }

    internal static Argument<string> Named() => new("gateway") { Description = "The gateway's name or id." };
}
