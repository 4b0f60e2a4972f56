namespace CentralOps.Agent.Tracing;

/// <summary>Which accounts and regions an answer rests on, and which failed. Made from the calls alone.</summary>
/// <param name="Accounts">Those that answered with something: id, and name where it is known.</param>
/// <param name="AccountsAsked">The most accounts that one call asked.</param>
/// <param name="IsTruncated">A list that was read has more, and nobody read it on.</param>
public sealed record Coverage(
    IReadOnlyList<(string Id, string Name)> Accounts, IReadOnlyList<string> Regions, int AccountsAsked, IReadOnlyList<FailedPlace> Failures, bool IsTruncated)
{
    private const int MostNamed = 12;

    public static Coverage Of(IReadOnlyList<TracedCall> calls)
    {
        var made = calls.Where(static call => call.Outcome is CallOutcome.Answered or CallOutcome.Refused).ToList();
        var places = made.SelectMany(static call => call.Places.Answered).ToList();
        var accounts = places.GroupBy(static place => place.AccountId, StringComparer.Ordinal)
            .Select(static group => (group.Key, Name: group.Select(static place => place.AccountName).FirstOrDefault(static name => name.Length > 0) ?? ""))
            .OrderBy(static account => account.Key, StringComparer.Ordinal).ToList();
        return new Coverage(
            accounts,
            [.. places.Select(static place => place.Region).Concat(made.SelectMany(static call => call.Places.RegionsAsked)).Where(static region => region.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Math.Max(accounts.Count, made.Select(static call => call.Places.AccountsAsked ?? 0).DefaultIfEmpty(0).Max()),
            [.. made.SelectMany(static call => call.Places.Failures).Distinct().Where(failure => failure.Part.Length > 0 || !Recovered(failure, made))],
            LastOf(made).Any(static call => call.Places.IsTruncated));
    }

    /// <summary>Lines for a person.</summary>
    public IReadOnlyList<string> Lines()
    {
        var lines = new List<string>();
        if (Accounts.Count > 0 || AccountsAsked > 0)
        {
            var named = string.Join(", ", Accounts.Take(MostNamed).Select(static account => account.Name.Length > 0 ? $"{account.Name} ({account.Id})" : account.Id));
            var more = Accounts.Count > MostNamed ? $" and {Accounts.Count - MostNamed} more" : "";
            var asked = AccountsAsked > Accounts.Count ? $"{AccountsAsked} accounts asked; with something in them: " : "Accounts: ";
            lines.Add($"{asked}{(named.Length > 0 ? named : "none")}{more}. Regions: {Some(Regions)}.");
        }

        foreach (var group in Failures.GroupBy(static failure => (failure.Stage, failure.Code)))
        {
            var places = group.Select(static failure => $"{failure.AccountId} {failure.Region} {failure.Part}".Trim()).Distinct(StringComparer.Ordinal).ToList();
            lines.Add($"Not read ({group.Key.Stage}, {group.Key.Code}): {Some(places)}.");
        }

        if (IsTruncated)
        {
            lines.Add("A list that this rests on has more than was read.");
        }

        return lines;
    }

    // A place that failed and was read later by the same tool has not failed.
    private static bool Recovered(FailedPlace failure, List<TracedCall> made)
    {
        var failedAt = made.FindLastIndex(call => call.Places.Failures.Contains(failure));
        return made.Skip(failedAt + 1).Any(call => string.Equals(call.Tool, made[failedAt].Tool, StringComparison.Ordinal) && call.Places.Answered.Any(place => IsOf(place, failure)));
    }

    private static bool IsOf(Place place, FailedPlace failure) =>
        string.Equals(place.AccountId, failure.AccountId, StringComparison.Ordinal) && (failure.Region.Length == 0 || string.Equals(place.Region, failure.Region, StringComparison.Ordinal));

    // Of calls that are pages of one question, the last one tells whether there is more.
    private static IEnumerable<TracedCall> LastOf(List<TracedCall> made) =>
        made.GroupBy(static call => (call.Tool, Question(call))).Select(static pages => pages.Last());

    private static string Question(TracedCall call) => call.Arguments.ValueKind == System.Text.Json.JsonValueKind.Object
        ? string.Join(',', call.Arguments.EnumerateObject().Where(static argument => argument.Name is not "next_token").OrderBy(static argument => argument.Name, StringComparer.Ordinal).Select(static argument => argument.ToString()))
        : "";

    private static string Some(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? "none told" : string.Join(", ", texts.Take(MostNamed)) + (texts.Count > MostNamed ? $" and {texts.Count - MostNamed} more" : "");
}
