using System.CommandLine;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;
using CentralOps.Ledger;

namespace CentralOps.Cli.Ledgers;

/// <summary>Where a ledger lies: its records, its heads, and the key that they are signed with.</summary>
internal sealed record LedgerPlace(string Records, string Heads, string Key)
{
    /// <summary>Of the 'up' that keeps its state there.</summary>
    public static LedgerPlace In(StateDirectory state) => new(
        Path.Combine(state.Path, "ledger"), Path.Combine(state.Path, "ledger-heads"), Path.Combine(state.Path, "ledger-key.pem"));

    public LedgerSettings ToSettings() => LedgerSettings.ToFiles(Records, Heads, Key);
}

/// <summary>Options that say which ledger is meant.</summary>
internal sealed class LedgerArguments
{
    private readonly Option<string?> _records = new("--ledger") { Description = "Directory with the ledger's files (default: that of 'up').", HelpName = "DIR" };

    private readonly Option<string?> _heads = new("--heads") { Description = "Directory with the signed heads (default: 'heads' in the ledger's, or that of 'up').", HelpName = "DIR" };

    private readonly Option<string?> _key = new("--key") { Description = "File with the key, or its public half, in PEM (default: 'key.pem' in the ledger's directory, or that of 'up').", HelpName = "FILE" };

    private readonly Option<string?> _state = CommonOptions.State();

    /// <param name="verifying">Whether heads and key are asked for.</param>
    public void AddTo(Command command, bool verifying)
    {
        command.Options.Add(_records);
        command.Options.Add(_state);
        if (verifying)
        {
            command.Options.Add(_heads);
            command.Options.Add(_key);
        }
    }

    public LedgerPlace Of(ParseResult parsed)
    {
        var usual = parsed.GetValue(_records) is { } directory
            ? new LedgerPlace(directory, Path.Combine(directory, "heads"), Path.Combine(directory, "key.pem"))
            : LedgerPlace.In(StateDirectory.At(parsed.GetValue(_state)));
        var place = new LedgerPlace(usual.Records, parsed.GetValue(_heads) ?? usual.Heads, parsed.GetValue(_key) ?? usual.Key);
        return Directory.Exists(place.Records) || Directory.Exists(place.Heads)
            ? place
            : throw new CommandFailedException($"There is no ledger at {place.Records}: name its directory with --ledger DIR. ('up' over the sandbox records with --record only.)");
    }
}
