using System.Text.Json;
using CentralOps.Text.Shaping;

namespace CentralOps.Agent.Tracing;

/// <summary>Which accounts and regions a tool's answer is of, and which it could not read. From CentralOps' own shape of answers; of others nothing is read.</summary>
public sealed record AnswerPlaces
{
    private const int MostPlaces = 5000;
    private const int MostText = 128;

    public static AnswerPlaces None { get; } = new();

    /// <summary>Of what was answered.</summary>
    public IReadOnlyList<Place> Answered { get; init; } = [];

    public IReadOnlyList<FailedPlace> Failures { get; init; } = [];

    /// <summary>How many accounts were asked, also those with nothing in them; null where the answer does not say.</summary>
    public int? AccountsAsked { get; init; }

    public IReadOnlyList<string> RegionsAsked { get; init; } = [];

    /// <summary>There is more than the answer has.</summary>
    public bool IsTruncated { get; init; }

    public static AnswerPlaces Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            return None;
        }

        var answered = new List<Place>();
        Add(answer, answered);
        foreach (var name in (string[])["results", "matches"])
        {
            foreach (var item in Items(answer, name).Take(MostPlaces))
            {
                Add(item, answered);
            }
        }

        var summary = answer.TryGetProperty("summary", out var counts) && counts.ValueKind == JsonValueKind.Object ? counts : default;
        return new AnswerPlaces
        {
            Answered = [.. answered.Distinct()],
            Failures = [.. Items(answer, "failures").Take(MostPlaces).Select(failure => Failure(failure, answer))],
            AccountsAsked = summary.ValueKind == JsonValueKind.Object && summary.TryGetProperty("accounts", out var accounts) && accounts.TryGetInt32(out var number) ? number : null,
            RegionsAsked = summary.ValueKind == JsonValueKind.Object && summary.TryGetProperty("asked_regions", out var regions) && regions.ValueKind == JsonValueKind.Array
                ? [.. regions.EnumerateArray().Where(static region => region.ValueKind == JsonValueKind.String).Take(MostPlaces).Select(static region => Shaped(region.GetString()!))]
                : [],
            IsTruncated = answer.TryGetProperty("truncated", out var truncated) && truncated.ValueKind == JsonValueKind.True,
        };
    }

    /// <summary>The refusal that an answer is; null when it is none.</summary>
    public static FailedPlace? Refusal(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("stage", out _)
            ? Failure(error, answer)
            : null;

    private static void Add(JsonElement item, List<Place> answered)
    {
        if (item.ValueKind == JsonValueKind.Object && Text(item, "account_id") is { Length: > 0 } account && !item.TryGetProperty("error", out _))
        {
            answered.Add(new Place(account, Text(item, "account_name"), Text(item, "region")));
        }
    }

    private static FailedPlace Failure(JsonElement failure, JsonElement answer)
    {
        var account = Text(failure, "account_id") is { Length: > 0 } own ? own : Text(answer, "account_id");
        return new FailedPlace(account, Text(failure, "region") is { Length: > 0 } region ? region : Text(answer, "region"), Text(failure, "part"), Text(failure, "stage"), Text(failure, "code"));
    }

    private static IEnumerable<JsonElement> Items(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object) : [];

    private static string Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Shaped(value.GetString()!) : "";

    private static string Shaped(string text) => ForeignText.Line(text, MostText);
}

/// <summary>An account in a region; texts are empty where an answer does not say.</summary>
public sealed record Place(string AccountId, string AccountName, string Region);

/// <summary>What could not be read.</summary>
/// <param name="Part">Of the answer; empty for all of the place.</param>
/// <param name="Stage">assume_role, call, deadline and the like.</param>
public sealed record FailedPlace(string AccountId, string Region, string Part, string Stage, string Code);
