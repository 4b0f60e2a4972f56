using System.CommandLine;
using System.Net;
using CentralOps.Cli.Access;
using CentralOps.Cli.Ledgers;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;
using CentralOps.Cli.Up.RealAccounts;
using CentralOps.Gateway.Storage;
using CentralOps.Gateway.Storage.Sealing;

namespace CentralOps.Cli.Up;

/// <summary><c>centralops up</c>: everything on this machine, until Ctrl-C.</summary>
internal static class UpCommand
{
    public static Command Create(Screen screen)
    {
        var port = Ports.Option();
        var auth = Choice.Option("--auth", UpAuth.None, "Who may call the gateway: none (anyone on this machine) or iam (Signature Version 4).");
        var functionPer = Choice.Option("--function-per", FunctionPer.Subject, "One function a subject, or one a tool as the integration guide draws it.");
        var switches = SwitchOption.Create();
        var settings = SettingsOption.Create();
        var noSearch = new Option<bool>("--no-search") { Description = "Make the gateway without the tool that searches tools; it is decided when a gateway is made." };
        var real = new AwsArguments();
        var estate = new EstateOptions();
        var verbose = new Option<bool>("--verbose") { Description = "Show what sandbox, functions and gateway log." };
        var access = RulesArgument.Option("--access");
        var record = new Option<bool>("--record") { Description = "Record every call in the ledger (over real accounts always, unless CENTRALOPS_LEDGER says otherwise)." };
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("up", "Start the gateway over the sandbox organization, or over real accounts with --aws; Ctrl-C stops it.");
        real.AddTo(command);
        foreach (var option in new Option[] { port, auth, functionPer, settings, switches, noSearch, access, record, state, verbose, output })
        {
            command.Options.Add(option);
        }

        estate.AddTo(command, real.Aws);
        command.SetAction((parsed, cancellationToken) =>
        {
            var directory = StateDirectory.At(parsed.GetValue(state));
            var options = new UpOptions(parsed.GetValue(port), parsed.GetValue(auth), parsed.GetValue(functionPer))
            {
                Estate = () => estate.Read(parsed),
                StateDirectory = directory.Path,
                DatabaseUrl = ProcessEnvironment.Read(DatabaseUrl.Variable),
                MasterKey = ProcessEnvironment.Read(MasterKeys.Variable),
                Aws = real.Of(parsed),
                AccessFile = RulesArgument.Path(parsed.GetValue(access)),
                Access = RulesArgument.Read(parsed.GetValue(access)),
                Ledger = LedgerChoice.Of(parsed.GetValue(record) || real.Of(parsed) is not null, StateDirectory.At(parsed.GetValue(state)), ProcessEnvironment.Read),
                Settings = SwitchOption.Over(SettingsOption.Read(parsed.GetValue(settings)), parsed.GetValue(switches)),
                Search = !parsed.GetValue(noSearch),
            };
            return RunAsync(options, new Foreground(directory, IPAddress.Loopback, options.Port, parsed.GetValue(verbose), parsed.GetValue(output), screen), cancellationToken);
        });
        return command;
    }

    private static Task<int> RunAsync(UpOptions options, Foreground foreground, CancellationToken cancelled) => foreground.RunAsync(
        async (logging, stop) => options.Aws is { } aws
            ? await AwsSession.StartAsync(options, aws, ProcessEnvironment.Read, logging, TimeProvider.System, foreground.StepAsync, stop)
            : await UpSession.StartAsync(options, logging, TimeProvider.System, foreground.StepAsync, stop),
        state => Welcome.Show(state, foreground.Directory, foreground.Screen),
        "Stopped; no process is left.",
        cancelled);
}
