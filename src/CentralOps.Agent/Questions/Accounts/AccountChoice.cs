namespace CentralOps.Agent.Questions.Accounts;

/// <summary>Which accounts a question speaks of.</summary>
/// <param name="Terms">Ids, names and selectors as the tools take them (all, ou:Workloads/Prod, !Payments); none where it names no account.</param>
internal sealed record AccountChoice(IReadOnlyList<string> Terms)
{
    public const string All = "all";

    public static AccountChoice None { get; } = new([]);

    public bool IsSaid => Terms.Count > 0;

    /// <summary>Exactly one account, as opposed to what may mean several.</summary>
    public bool IsOne => Terms is [var only] && !string.Equals(only, All, StringComparison.Ordinal) && !only.Contains(':', StringComparison.Ordinal);

    public bool IsAll => Terms.Contains(All, StringComparer.Ordinal);
}
