using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.Directory;

/// <summary>Where the accounts are written down: AWS Organizations, or a file.</summary>
public interface IAccountSource
{
    /// <summary>Every account.</summary>
    /// <param name="withUnits">Whether their organizational units are wanted as well; that takes many more calls.</param>
    Task<AccountsRead> ReadAllAsync(bool withUnits, CancellationToken cancellationToken);

    /// <summary>One account, at the least cost.</summary>
    Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken);
}

/// <summary>All accounts, or why they could not be read.</summary>
public readonly record struct AccountsRead(IReadOnlyList<Account> Accounts, Refusal? Refusal)
{
    public static AccountsRead Refused(Refusal refusal) => new([], refusal);
}

/// <summary>One account, or a refusal, or neither where it is no member.</summary>
public readonly record struct AccountRead(Account? Account, Refusal? Refusal);
