using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.Directory;

/// <summary>
/// The accounts as a file lists them, for organizations that nobody here may read: a JSON array, or an object with the array as
/// <c>accounts</c>, of <c>{"id", "name", "environment", "role", "tags"}</c>, of which id and name are required.
/// </summary>
public sealed class FileSource(string path) : IAccountSource
{
    private const long MaxBytes = 16 * 1024 * 1024;

    public string Name => "accounts_file";

    public async Task<AccountsRead> ReadAllAsync(AccountDetail detail, CancellationToken cancellationToken)
    {
        byte[] json;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes } large)
            {
                return Refused(0, $"it has {large.Length} bytes; at most {MaxBytes} are read");
            }

            json = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return Refused(0, unreadable is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : "it cannot be read by this user");
        }

        return new AccountsFile(json).TryRead(out var accounts, out var line, out var problem)
            ? new AccountsRead(accounts, null) { Detail = AccountDetail.Units | AccountDetail.Tags, Source = Name }
            : Refused(line, problem);
    }

    public async Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken)
    {
        var read = await ReadAllAsync(AccountDetail.None, cancellationToken);
        return new AccountRead(read.Accounts.FirstOrDefault(account => account.Id == id), read.Refusal);
    }

    private AccountsRead Refused(int line, string problem) => AccountsRead.Refused(new Refusal.AccountsFileUnusable(path, line, problem));
}
