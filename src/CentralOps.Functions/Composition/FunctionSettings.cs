using CentralOps.Access.Rules;
using CentralOps.Access.Rules.Files;
using CentralOps.Access.Tokens;
using CentralOps.Accounts.Entry;
using CentralOps.Aws.Endpoints;
using CentralOps.Ledger;

namespace CentralOps.Functions.Composition;

/// <summary>What the function is told by its environment.</summary>
internal sealed record FunctionSettings(RegionName Region, EntrySettings Entry)
{
    /// <summary>Public keys that callers are signed with; null where none are configured.</summary>
    public JwkSet? CallerKeys { get; private init; }

    /// <summary>Where calls are recorded.</summary>
    public LedgerSettings Ledger { get; private init; } = LedgerSettings.Off;

    /// <summary>What callers may do; null where no file says it.</summary>
    public AccessRules? Access { get; private init; }

    /// <summary>Reads all settings; <paramref name="problems"/> names everything that is wrong with them, each with its repair.</summary>
    public static FunctionSettings Read(Func<string, string?> variable, List<string> problems)
    {
        if (!RegionName.TryParse(variable("AWS_REGION"), out var region))
        {
            problems.Add("AWS_REGION is not the name of a region; set it as in us-east-1.");
        }

        var entry = EntrySettings.Read(variable, problems);
        if (entry.DirectoryAccount is null && entry.AccountsFile is null)
        {
            problems.Add(
                "CENTRALOPS_DIRECTORY_ACCOUNT has to be the 12-digit id of the account whose target role may read AWS Organizations; or set CENTRALOPS_ACCOUNTS_FILE.");
        }

        return new FunctionSettings(region, entry) 
        {
            CallerKeys = ReadCallerKeys(variable, problems),
            Ledger = LedgerSettings.Read(variable, problems),
            Access = ReadAccess(variable, problems),
        };
    }

    private static AccessRules? ReadAccess(Func<string, string?> variable, List<string> problems)
    {
        if (variable("CENTRALOPS_ACCESS_RULES") is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            return RulesFile.Read(path);
        }
        catch (RulesFileException wrong)
        {
            problems.AddRange(wrong.Problems);
            return null;
        }
    }

    private static JwkSet? ReadCallerKeys(Func<string, string?> variable, List<string> problems)
    {
        if (DocumentSetting.Read(variable, "CENTRALOPS_CALLER_KEYS", problems) is not { } document)
        {
            return null;
        }

        // A set that verifies nothing would refuse everybody, and one that cannot be read must not mean none.
        var keys = JwkSet.Read(document);
        if (keys is not { Count: > 0 })
        {
            problems.Add("CENTRALOPS_CALLER_KEYS has to be a JSON Web Key Set with a public P-256 key ({\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":…,\"x\":…,\"y\":…}]}), or the path of a file with one.");
        }

        return keys;
    }
}
