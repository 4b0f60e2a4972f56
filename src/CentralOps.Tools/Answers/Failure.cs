using System.Text.Json;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Tools.Answers;

/// <summary>A part of an answer that is missing, beside the rest that is there.</summary>
/// <param name="Part">What is missing, such as the name of a field or of a resource; null for all that a <c>next_token</c> goes on with.</param>
internal sealed record Failure(string? Part, Refusal Refusal)
{
    /// <summary>Of an answer about one account, or about none.</summary>
    public static void WriteAll(IReadOnlyList<Failure> failures, AnswerPlace place, Utf8JsonWriter json)
    {
        json.WriteStartArray("failures"u8);
        foreach (var failure in failures)
        {
            json.WriteStartObject();
            json.WriteString("account_id"u8, place.Account);
            json.WriteString("region"u8, place.RegionText);
            json.WriteString("part"u8, failure.Part);
            RefusalAnswer.WriteMembers(RefusalWords.Of(failure.Refusal), json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
