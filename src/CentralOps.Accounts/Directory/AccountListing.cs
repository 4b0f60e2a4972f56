using CentralOps.Accounts.Refusals;

namespace CentralOps.Accounts.Directory;

/// <summary>The organization's accounts as they were read.</summary>
/// <param name="Asked">The details that were asked for.</param>
/// <param name="Refusal">Why there is no list.</param>
public sealed record AccountListing(IReadOnlyList<Account> Accounts, AccountDetail Asked, DateTimeOffset ReadAt, DateTimeOffset AskAgainAt, Refusal? Refusal)
{
    /// <summary>The details that the source told.</summary>
    public AccountDetail Detail { get; init; }

    /// <summary>Where the list comes from, such as <c>organizations</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>Why a source that knows more was passed over; null where the first one answered.</summary>
    public Refusal? PassedOver { get; init; }

    /// <summary>Why the list is older than it should be; null while it is fresh.</summary>
    public Refusal? RefreshFailure { get; init; }
}
