using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.Directory;

/// <summary>Where the accounts are written down: AWS Organizations, IAM Identity Center, or a file.</summary>
public interface IAccountSource
{
    /// <summary>The source's name as answers tell it, such as <c>organizations</c>.</summary>
    string Name { get; }

    /// <summary>Every account.</summary>
    /// <param name="detail">What is wanted beside ids and names; that takes many more calls.</param>
    Task<AccountsRead> ReadAllAsync(AccountDetail detail, CancellationToken cancellationToken);

    /// <summary>One account, at the least cost.</summary>
    Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken);

    /// <summary>The tags of one account that the source has.</summary>
    Task<TagsRead> ReadTagsAsync(AccountId id, CancellationToken cancellationToken) => Task.FromResult(default(TagsRead));
}

/// <summary>What a list of accounts holds beside ids, names and statuses.</summary>
[Flags]
public enum AccountDetail
{
    None = 0,

    /// <summary>Organizational units.</summary>
    Units = 1,

    Tags = 2,
}

/// <summary>All accounts, or why they could not be read.</summary>
public readonly record struct AccountsRead(IReadOnlyList<Account> Accounts, Refusal? Refusal)
{
    /// <summary>What was read of the wanted details: a source may know none, or may not tell them.</summary>
    public AccountDetail Detail { get; init; }

    public string? Source { get; init; }

    /// <summary>Why a source before this one was passed over.</summary>
    public Refusal? PassedOver { get; init; }

    /// <summary>When the list was read that the accounts were selected from; null where they come straight from a source.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    public static AccountsRead Refused(Refusal refusal) => new([], refusal);
}

/// <summary>One account, or a refusal, or neither where it is no member.</summary>
public readonly record struct AccountRead(Account? Account, Refusal? Refusal);

/// <summary>An account's tags, or a refusal, or neither where the source tells none.</summary>
public readonly record struct TagsRead(IReadOnlyDictionary<string, string>? Tags, Refusal? Refusal);
