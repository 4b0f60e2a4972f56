using CentralOps.Tools.Arguments;

namespace CentralOps.Tools.Fleet;

/// <summary>Which accounts and regions a call means: one place, or a fleet.</summary>
internal static class FleetArguments
{
    public static void Check(ArgumentReader reader)
    {
        var (account, accounts) = (AccountArgument.Only.Name, AccountsArgument.Only.Name);
        if (reader.IsGiven(account) && reader.IsGiven(accounts))
        {
            reader.Note(accounts, $"is given together with {account}", $"Give {account} for one account, or {accounts} for several");
        }
        else if (!reader.IsGiven(account) && !reader.IsGiven(accounts))
        {
            reader.Note(account, "is missing", $"Give {account}, or {accounts} for several");
        }
    }

    /// <summary>Whether the arguments name one account and one region, as one: how they are written says it, not what there is.</summary>
    public static bool AskOne(AccountTool tool, ArgumentValues arguments) =>
        arguments.Of(AccountsArgument.Only) is null && (!tool.IsRegional || arguments.Of(RegionsArgument.Asked) is { IsSingle: true });
}
