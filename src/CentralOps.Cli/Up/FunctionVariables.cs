using CentralOps.Access.Sealing;
using CentralOps.Ledger;
using CentralOps.Ledger.Signing;

namespace CentralOps.Cli.Up;

/// <summary>What 'up' tells its functions of callers, rules and records: each process of a function writes a part of the ledger of its own.</summary>
internal static class FunctionVariables
{
    /// <param name="callerKeys">What signed callers are verified with; null where functions are not told who calls.</param>
    public static IReadOnlyDictionary<string, string> Of(UpOptions options, string? callerKeys)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (callerKeys is not null)
        {
            variables["CENTRALOPS_CALLER_KEYS"] = callerKeys;
        }

        if (options.AccessFile is { } rules)
        {
            variables["CENTRALOPS_ACCESS_RULES"] = rules;
        }

        if (options.Ledger is { Sink: LedgerSink.Files, Files: { } files, KeyFile: { } key })
        {
            MakeKey(files.Directory, key);
            variables["CENTRALOPS_LEDGER"] = files.Directory;
            variables["CENTRALOPS_LEDGER_HEADS"] = files.HeadsDirectory;
            variables["CENTRALOPS_LEDGER_KEY"] = key;
        }
        else if (options.Ledger.Sink != LedgerSink.Off)
        {
            throw new CommandFailedException("Over the sandbox the ledger goes into files: leave CENTRALOPS_LEDGER unset and give --record, or name a directory.", ExitCode.Usage);
        }

        AddTokenKey(options, variables);
        return variables;
    }

    // One for all functions, and for the next 'up': what one gave another goes on with.
    private static void AddTokenKey(UpOptions options, Dictionary<string, string> variables)
    {
        if (options.StateDirectory is not { } directory)
        {
            return;
        }

        var (path, trouble) = (Path.Combine(directory, "token.key"), "");
        if (TokenKeyFile.ReadOrMake(path, problem => trouble = problem) is null)
        {
            throw new CommandFailedException($"Functions would not go on with each other's answers: {trouble}.");
        }

        variables[TokenKeySetting.FileVariable] = path;
    }

    // Before the functions, so that all have one.
    private static void MakeKey(string directory, string path)
    {
        try
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            LedgerKey.ReadOrMake(path).Dispose();
        }
        catch (Exception failure) when (failure is LedgerUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The ledger cannot be opened: {failure.Message}.");
        }
    }
}
