using System.Globalization;

namespace CentralOps.Agent.Questions;

/// <summary>Finds how many a person wants: "first 10", "top 5", "at most 20".</summary>
internal static class LimitReader
{
    private static readonly string[] Leads = ["first", "top", "up to", "at most", "no more than", "limit", "limit to", "max", "maximum of", "only", "just"];

    /// <returns>1 or more; null where none is said.</returns>
    public static int? Read(Question question)
    {
        foreach (var lead in Leads)
        {
            var width = lead.Count(' ') + 1;
            if (question.Find(lead, evenTaken: false) is >= 0 and var at && at + width < question.Words.Count && !question.IsTaken(at + width) && question.Words[at + width].IsNumber
                && int.Parse(question.Words[at + width].Text, CultureInfo.InvariantCulture) is > 0 and var limit)
            {
                question.Take(at, width + 1);
                return limit;
            }
        }

        return null;
    }
}
