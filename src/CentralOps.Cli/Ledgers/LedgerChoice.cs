using CentralOps.Cli.Running;
using CentralOps.Ledger;

namespace CentralOps.Cli.Ledgers;

/// <summary>Where a gateway that is started here records calls: as the environment says, else beside its state.</summary>
internal static class LedgerChoice
{
    /// <param name="isUsual">Whether it records where the environment says nothing.</param>
    public static LedgerSettings Of(bool isUsual, StateDirectory state, Func<string, string?> variable)
    {
        if (string.IsNullOrWhiteSpace(variable("CENTRALOPS_LEDGER")))
        {
            return isUsual ? LedgerPlace.In(state).ToSettings() : LedgerSettings.Off;
        }

        var problems = new List<string>();
        var settings = LedgerSettings.Read(variable, problems);
        return problems.Count == 0 ? settings : throw new CommandFailedException(string.Join('\n', problems), ExitCode.Usage);
    }
}
