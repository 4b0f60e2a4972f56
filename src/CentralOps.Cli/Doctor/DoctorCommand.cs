using System.CommandLine;
using CentralOps.Accounts;
using CentralOps.Cli.Control;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;
using CentralOps.Cli.Up;
using CentralOps.Gateway.Settings;

namespace CentralOps.Cli.Doctor;

/// <summary><c>centralops doctor</c>: what of an installation works, what does not, and what to do. It changes nothing and asks nobody but what it is told to.</summary>
internal static class DoctorCommand
{
    public static Command Create(Screen screen)
    {
        var settings = SettingsOption.Create();
        var account = new Option<string?>("--account") { Description = "Member account whose target role is tried with the usual AWS credentials (or --profile).", HelpName = "ID" };
        var control = new ControlArguments();
        var command = control.AddTo(new Command("doctor", "Check an installation: settings, database, key, control plane, targets, search, the way into accounts. Exits 1 where something does not work.") { settings, account });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            AccountId? entered = parsed.GetValue(account) is { } text ? AccountOf(text) : null;
            var place = control.PlaceOf(parsed, profileServesAccounts: entered is not null);
            var findings = await RunAsync(place, entered, parsed.GetValue(settings), ProcessEnvironment.Read, TimeProvider.System, cancellationToken);
            return Findings.Show(findings, control.Output(parsed), screen);
        });
        return command;
    }

    /// <param name="account">Null: no account is entered.</param>
    /// <param name="settingsFile">Null where there is none.</param>
    private static async Task<IReadOnlyList<Finding>> RunAsync(
        ControlPlace place, AccountId? account, string? settingsFile, Func<string, string?> variable, TimeProvider time, CancellationToken cancellationToken)
    {
        // 1. What is said.
        var findings = new List<Finding>(SettingsCheck.Run(settingsFile, variable, out var settings));

        // 2. What is kept here, unless another's control plane is meant.
        if (place is { Aws: false, Endpoint: null })
        {
            findings.AddRange(await new StorageChecks(StateDirectory.At(place.State).Path, settings, variable, time).RunAsync(cancellationToken));
        }

        // 3. What runs.
        findings.AddRange(await ControlAsync(place, settings, variable, time, cancellationToken));

        // 4. The way into an account.
        if (account is { } entered)
        {
            findings.AddRange(await MemberAccountCheck.RunAsync(entered, place.Profile, variable, time, cancellationToken));
        }

        return findings;
    }

    private static async Task<IReadOnlyList<Finding>> ControlAsync(ControlPlace place, GatewaySettings settings, Func<string, string?> variable, TimeProvider time, CancellationToken cancellationToken)
    {
        if (place is { Aws: false, Endpoint: null } && StateDirectory.At(place.State).Read() is null)
        {
            return [Finding.Warning("control plane", $"None runs here (state directory {StateDirectory.At(place.State).Path}).", "Start one with './centralops up' or './centralops serve', or name one with --endpoint URL.")];
        }

        try
        {
            using var session = ControlSession.Open(place, variable, time);
            return await new ControlChecks(session, settings).RunAsync(cancellationToken);
        }
        catch (CommandFailedException failed)
        {
            return [Finding.Problem("control plane", failed.Message, "Correct what is named.")];
        }
    }

    private static AccountId AccountOf(string text) =>
        AccountId.TryParse(text, out var account) ? account : throw new CommandFailedException($"--account: '{Terminal.PlainText.Line(text)}' is not an account id; give its twelve digits.", ExitCode.Usage);
}
