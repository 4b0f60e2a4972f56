using CentralOps.Accounts.Entry;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Functions.Composition;

/// <summary>What the function is told by its environment.</summary>
internal sealed record FunctionSettings(RegionName Region, EntrySettings Entry)
{
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

        return new FunctionSettings(region, entry);
    }
}
