using System.CommandLine;
using System.Text.Json;
using CentralOps.Cli.Terminal;
using CentralOps.Sandbox.Control;

namespace CentralOps.Cli.Sandboxing;

/// <summary><c>centralops sandbox fault list | remove | clear</c>.</summary>
internal static class FaultCommands
{
    public static Command List(Screen screen)
    {
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("list", "List the faults that stand, oldest first.") { state, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var faults = await RunningSandbox.AskAsync(parsed.GetValue(state), control => control.ListFaultsAsync(cancellationToken), cancellationToken);
            if (parsed.GetValue(output) == OutputFormat.Json)
            {
                FaultView.WriteJson(JsonSerializer.SerializeToElement(faults, ControlJson.Default.IReadOnlyListStandingFault), screen);
            }
            else if (faults.Count == 0)
            {
                screen.Say("No fault stands.");
            }
            else
            {
                FaultView.WriteTable(faults, screen);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    public static Command Remove(Screen screen)
    {
        var ids = new Argument<string[]>("id") { Description = "The faults' ids, as 'list' shows them.", Arity = ArgumentArity.OneOrMore };
        return Taking("remove", "Take faults away.", screen, async (control, parsed, cancellationToken) =>
        {
            var removed = parsed.GetValue(ids)!.Distinct(StringComparer.Ordinal).ToArray();
            foreach (var id in removed)
            {
                await control.RemoveFaultAsync(id, cancellationToken);
            }

            return removed.Length;
        }, ids);
    }

    public static Command Clear(Screen screen) =>
        Taking("clear", "Take all faults away.", screen, (control, _, cancellationToken) => control.ClearFaultsAsync(cancellationToken));

    private static Command Taking(
        string name, string description, Screen screen, Func<SandboxControl, ParseResult, CancellationToken, Task<int>> take, params Argument[] arguments)
    {
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command(name, description) { state, output };
        foreach (var argument in arguments)
        {
            command.Arguments.Add(argument);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var removed = await RunningSandbox.AskAsync(parsed.GetValue(state), control => take(control, parsed, cancellationToken), cancellationToken);
            screen.Data.WriteLine(parsed.GetValue(output) == OutputFormat.Json ? $$"""{"removed": {{removed}}}""" : $"{removed} fault{(removed == 1 ? "" : "s")} taken away.");
            return ExitCode.Ok;
        });
        return command;
    }
}
