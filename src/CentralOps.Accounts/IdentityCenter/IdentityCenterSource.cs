using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.IdentityCenter;

/// <summary>The accounts that the person who signed in may use: the whole organization for few, and no unit or tag of any.</summary>
public sealed class IdentityCenterSource(AccessPortal portal) : IAccountSource
{
    public string Name => "identity_center";

    public async Task<AccountsRead> ReadAllAsync(AccountDetail detail, CancellationToken cancellationToken)
    {
        var read = await portal.ListAccountsAsync(cancellationToken);
        return read.Refusal is { } refusal ? AccountsRead.Refused(new Refusal.DirectoryUnavailable(refusal)) : read with { Source = Name };
    }

    /// <summary>The portal describes no single account, so the list is read: it is short, being one person's.</summary>
    public async Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken)
    {
        var read = await ReadAllAsync(AccountDetail.None, cancellationToken);
        return new AccountRead(read.Accounts.FirstOrDefault(account => account.Id == id), read.Refusal);
    }
}
