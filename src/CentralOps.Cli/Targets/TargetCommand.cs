using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Gateways;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Targets;

/// <summary><c>centralops target</c>: what a gateway calls.</summary>
internal static class TargetCommand
{
    public static Command Create(Screen screen) =>
        new("target", "Add, see, change, synchronize and delete what a gateway calls.")
        {
            TargetAddCommand.Create(screen).With(screen,
                "./centralops target add lambda ec2 --lambda-arn arn:aws:lambda:us-east-1:111111111111:function:ec2 --tools tools.json",
                "./centralops target add mcp aws --url https://example.com/mcp --oauth idp --scope tools.read",
                "./centralops target add mcp-wrapper aws --lambda-arn arn:aws:lambda:us-east-1:111111111111:function:central-ops-mcp-wrapper",
                "./centralops target add --cli-input-json target.json"),
            List(screen).With(screen, "./centralops target list", "./centralops target list --gateway ops --output json"),
            Get(screen).With(screen, "./centralops target get ec2 --gateway ops"),
            TargetUpdateCommand.Create(screen).With(screen, "./centralops target update ec2 --tools tools.json", "./centralops target update aws --remove description"),
            Delete(screen).With(screen, "./centralops target delete ec2"),
            TargetSyncCommand.Create(screen).With(screen, "./centralops target sync aws", "./centralops target sync --all --gateway ops"),
        };

    /// <summary>What was begun, when it has ended.</summary>
    internal static async Task<int> ShowAsync(Screen screen, ControlSession session, string gatewayId, JsonObject begun, bool noWait, OutputFormat format, CancellationToken cancellationToken)
    {
        var key = TargetFinder.Key(gatewayId, begun.Text("targetId"));
        var ended = noWait ? begun : await Settling.WaitAsync(screen, session, $"{begun.Text("name")}: {begun.Text("status")}", "GetGatewayTarget", key, cancellationToken);
        if (ended is null)
        {
            screen.Say($"{begun.Text("name")} was deleted meanwhile.");
            return ExitCode.Refused;
        }

        return Settling.Show(ended, format, screen);
    }

    private static Command List(Screen screen)
    {
        var gateway = TargetFinder.Gateway();
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("list", "List a gateway's targets, all pages.") { gateway });
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var id = await GatewayFinder.IdAsync(session, parsed.GetValue(gateway), cancellationToken);
            ControlView.List(
                "items", await TargetFinder.ListAsync(session, id, cancellationToken), arguments.Output(parsed), screen,
                ("name", new Column("NAME")), ("targetId", new Column("ID", 1, Whole: true)), ("status", new Column("STATUS", 1)), ("targetType", new Column("TYPE", 2)),
                ("listingMode", new Column("LISTING", 4)), ("lastSynchronizedAt", new Column("SYNCHRONIZED", 3)), ("description", new Column("DESCRIPTION", 5)));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Get(Screen screen)
    {
        var (target, gateway) = (TargetFinder.Named(), TargetFinder.Gateway());
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("get", "Show a target.") { target, gateway });
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var id = await GatewayFinder.IdAsync(session, parsed.GetValue(gateway), cancellationToken);
            var found = await TargetFinder.FindAsync(session, id, parsed.GetRequiredValue(target), cancellationToken);
            ControlView.Show(await session.CallAsync("GetGatewayTarget", TargetFinder.Key(id, found.Text("targetId")), cancellationToken), arguments.Output(parsed), screen);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Delete(Screen screen)
    {
        var (target, gateway, noWait) = (TargetFinder.Named(), TargetFinder.Gateway(), Settling.NoWait());
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("delete", "Delete a target.") { target, gateway, noWait });
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var id = await GatewayFinder.IdAsync(session, parsed.GetValue(gateway), cancellationToken);
            var found = await TargetFinder.FindAsync(session, id, parsed.GetRequiredValue(target), cancellationToken);
            var key = TargetFinder.Key(id, found.Text("targetId"));
            var deleting = await session.CallAsync("DeleteGatewayTarget", key, cancellationToken);
            var left = parsed.GetValue(noWait) ? deleting : await Settling.WaitAsync(screen, session, $"Deleting {found.Text("name")}", "GetGatewayTarget", key, cancellationToken);
            return GatewayCommand.Ended(screen, left, deleting, arguments.Output(parsed));
        });
        return command;
    }
}
