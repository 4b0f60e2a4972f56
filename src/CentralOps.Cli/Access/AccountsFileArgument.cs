using System.CommandLine;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Cli.Access;

/// <summary>Accounts that rules are asked about: an accounts file, as <c>CENTRALOPS_ACCOUNTS_FILE</c> has it.</summary>
internal static class AccountsFileArgument
{
    public static Option<string?> Option() => new("--accounts-file") { Description = "File with the organization's accounts, which tells their names and tags (default: CENTRALOPS_ACCOUNTS_FILE).", HelpName = "FILE" };

    /// <returns>Null where there is no file.</returns>
    public static async Task<IReadOnlyList<AskedAccount>?> ReadAsync(string? chosen, CancellationToken cancellationToken)
    {
        var path = chosen ?? ProcessEnvironment.Read("CENTRALOPS_ACCOUNTS_FILE");
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        var read = await new FileSource(path).ReadAllAsync(AccountDetail.Units | AccountDetail.Tags, cancellationToken);
        return read.Refusal is { } refusal
            ? throw new CommandFailedException(RefusalWords.Of(refusal).Message)
            : [.. read.Accounts.OrderBy(static account => account.Id).Select(account => AskedAccount.Of(account, read.Detail))];
    }
}
