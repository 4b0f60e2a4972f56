namespace CentralOps.Agent.Questions.Filling;

/// <summary>Names that begin with something.</summary>
internal static class PrefixAsked
{
    public static readonly string[] Words = ["start with", "starting with", "starts with", "begin with", "beginning with", "begins with", "prefix", "prefixed with"];

    /// <returns>Null where no beginning is said.</returns>
    public static string? Of(Question question)
    {
        foreach (var lead in Words)
        {
            var width = lead.Count(' ') + 1;
            if (question.Find(lead) is >= 0 and var at && at + width < question.Words.Count)
            {
                return question.Words[at + width].Text;
            }
        }

        return null;
    }
}
