using System.CommandLine;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Ledgers;

/// <summary><c>centralops ledger</c>: who asked what, and whether the record still is what was written.</summary>
internal static class LedgerCommand
{
    public static Command Create(Screen screen) =>
        new("ledger", "See who asked what, and verify that nobody changed the record.")
        {
            VerifyCommand.Create(screen).With(screen,
                "./centralops ledger verify",
                "./centralops ledger verify --ledger /var/log/centralops --heads /mnt/other/heads --key ledger-public.pem"),
            SearchCommand.Create(screen).With(screen,
                "./centralops ledger search --caller ada --since 2h",
                "./centralops ledger search --account 222222222222 --outcome refused --output json"),
            TailCommand.Create(screen).With(screen,
                "./centralops ledger tail",
                "./centralops ledger tail --follow"),
        };
}
