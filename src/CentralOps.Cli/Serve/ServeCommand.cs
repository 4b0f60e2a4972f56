using System.CommandLine;
using System.Net;
using CentralOps.Cli.Access;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;
using CentralOps.Cli.Up;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;

namespace CentralOps.Cli.Serve;

/// <summary><c>centralops serve</c>: gateways as they are managed, without a sandbox and without tools of our own, until Ctrl-C.</summary>
internal static class ServeCommand
{
    public static Command Create(Screen screen)
    {
        var port = Ports.Option();
        var listen = ListenOption();
        var noAuth = new Option<bool>("--no-auth") { Description = "Take requests to the control plane without a signature, on loopback only." };
        var settings = SettingsOption.Create();
        var switches = SwitchOption.Create();
        var profile = new Option<string?>("--profile") { Description = "AWS profile for targets that are called with the gateway's role (default: the usual AWS chain).", HelpName = "NAME" };
        var access = RulesArgument.Option("--access");
        var verbose = new Option<bool>("--verbose") { Description = "Show what the gateway logs." };
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("serve", "Serve gateways and their control plane, nothing else; Ctrl-C stops it.");
        foreach (var option in new Option[] { port, listen, noAuth, settings, switches, profile, access, state, verbose, output })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            var directory = StateDirectory.OfServe(parsed.GetValue(state));
            var address = parsed.GetValue(listen) ?? IPAddress.Loopback;
            var options = new ServeOptions(address, parsed.GetValue(port), directory.Path, SwitchOption.Over(SettingsOption.Read(parsed.GetValue(settings)), parsed.GetValue(switches)))
            {
                NoAuth = parsed.GetValue(noAuth),
                Profile = parsed.GetValue(profile),
                Access = RulesArgument.Read(parsed.GetValue(access)),
                DatabaseUrl = ProcessEnvironment.Read(DatabaseUrl.Variable),
                MasterKey = ProcessEnvironment.Read(MasterKeys.Variable),
            };
            if (options.NoAuth && !IPAddress.IsLoopback(address))
            {
                throw new CommandFailedException($"--no-auth on {address} would let anybody on the network manage the gateways: leave one of --no-auth and --listen out.", ExitCode.Usage);
            }

            return RunAsync(options, new Foreground(directory, address, options.Port, parsed.GetValue(verbose), parsed.GetValue(output), screen), cancellationToken);
        });
        return command;
    }

    private static Task<int> RunAsync(ServeOptions options, Foreground foreground, CancellationToken cancelled)
    {
        ServeSession? session = null;
        return foreground.RunAsync(
            async (logging, stop) =>
            {
                await foreground.StepAsync("gateway", async () => session = await ServeSession.StartAsync(options, ProcessEnvironment.Read, logging, TimeProvider.System, stop));
                return session!;
            },
            state => ServeWelcome.Show(state, session!.Gateways, foreground.Directory, foreground.Screen),
            "Stopped.",
            cancelled);
    }

    private static Option<IPAddress?> ListenOption() => new("--listen")
    {
        Description = "Address of this machine to listen on, such as 0.0.0.0 (default: 127.0.0.1, which only this machine reaches). It speaks plain HTTP: put TLS before it.",
        HelpName = "ADDRESS",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (IPAddress.TryParse(text, out var address))
            {
                return address;
            }

            result.AddError($"--listen: '{text}' is not an IP address; give one such as 127.0.0.1, 0.0.0.0 or ::.");
            return null;
        },
    };
}
