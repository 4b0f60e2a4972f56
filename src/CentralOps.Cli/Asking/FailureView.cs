using System.Globalization;
using System.Text.Json;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Asking;

/// <summary>What an answer lacks, for a person. What failed alike in many accounts is told once: the message and the remedy of the first stand for all.</summary>
internal static class FailureView
{
    public const string Member = "failures";

    private const int MostPlaces = 12;

    public static void Show(JsonElement answer, Screen screen)
    {
        if (!answer.TryGetProperty(Member, out var told) || told.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        var failures = told.EnumerateArray().Where(static failure => failure.ValueKind == JsonValueKind.Object).ToList();
        var isFleet = AnswerView.Cell(answer, "account_id").Length == 0 && failures.Exists(static failure => AnswerView.Cell(failure, "account_id").Length > 0);
        var alike = failures.GroupBy(failure => (Part(failure), AnswerView.Cell(failure, "stage"), AnswerView.Cell(failure, "code"), isFleet ? "" : AnswerView.Cell(failure, "message")));
        foreach (var group in alike)
        {
            var (first, part) = (group.First(), group.Key.Item1);
            var what = !isFleet ? (part.Length > 0 ? part : "The rest") : part.Length > 0 ? $"{part} of {Places([.. group])}" : Places([.. group]);
            screen.Say($"{what} could not be read: {AnswerView.Cell(first, "stage")} ({AnswerView.Cell(first, "code")}): {AnswerView.Cell(first, "message")}");
            screen.SayUnbroken($"Remedy: {AnswerView.Cell(first, "remedy")}");
        }
    }

    private static string Part(JsonElement failure) => AnswerView.Cell(failure, "part");

    private static string Places(IReadOnlyList<JsonElement> failures)
    {
        var places = failures.Select(static failure => $"{AnswerView.Cell(failure, "account_id")} {AnswerView.Cell(failure, "region")}".Trim()).Distinct(StringComparer.Ordinal).ToList();
        var more = places.Count - MostPlaces;
        return (places.Count == 1 ? "Account " : "Accounts ") + string.Join(", ", places.Take(MostPlaces)) + (more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more} more") : "");
    }
}
