using System.CommandLine;
using CentralOps.Cli.Control;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Gateways;

/// <summary><c>centralops gateway update GATEWAY</c>: what is there, with what was typed over it.</summary>
internal static class GatewayUpdateCommand
{
    public static Command Create(Screen screen)
    {
        var gateway = GatewayCommand.Named();
        var remove = GatewayMembers.Several("--remove", "A member to take away, by its path in the API's JSON; repeat it for more.", "PATH");
        var members = new GatewayMembers();
        var noWait = Settling.NoWait();
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("update", "Change a gateway; what is not named stays as it is.") { gateway, remove, noWait }, takesJson: true);
        members.AddTo(command);
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var changes = await arguments.InputAsync(parsed, cancellationToken);
            var id = await GatewayFinder.IdAsync(session, parsed.GetRequiredValue(gateway), cancellationToken);
            var input = Members.FittingUpdate(await session.CallAsync("GetGateway", GatewayFinder.Key(id), cancellationToken), "UpdateGateway");
            if (members.HasToken(parsed) && input.Text("authorizerType") is not "CUSTOM_JWT")
            {
                throw new CommandFailedException($"This gateway's authorizer is {input.Text("authorizerType")}, which cannot be changed: rules for tokens need a gateway made with --authorizer jwt.", ExitCode.Usage);
            }

            input.Over(changes);
            members.Put(parsed, input);
            input.Remove(parsed.GetValue(remove) ?? []);
            input["gatewayIdentifier"] = id;
            var begun = await session.CallAsync("UpdateGateway", input, cancellationToken);
            return await GatewayCreateCommand.ShowAsync(screen, session, begun, parsed.GetValue(noWait), arguments.Output(parsed), cancellationToken);
        });
        return command;
    }
}
