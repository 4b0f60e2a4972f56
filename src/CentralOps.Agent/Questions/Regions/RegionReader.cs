using System.Text.RegularExpressions;

namespace CentralOps.Agent.Questions.Regions;

/// <summary>Finds the regions that a question names: by code, by the words of a code, by the place, or all.</summary>
internal static partial class RegionReader
{
    public const string All = "all";

    private static readonly string[] Every = ["all of the region", "all our region", "all the region", "all enabled region", "all region", "every region", "each region", "any region", "across region", "all aws region", "every aws region", "any aws region"];
    private static readonly string[] Nouns = ["region", "regions", "(region)"];

    /// <returns>Codes in the question's order, or <see cref="All"/> alone; none where it names none.</returns>
    public static IReadOnlyList<string> Read(Question question)
    {
        if (question.TryTake(Every))
        {
            return [All];
        }

        var found = new List<(int At, string Code)>();
        for (var at = 0; at < question.Words.Count; at++)
        {
            foreach (var (codes, width) in new[] { CodeAt(question, at), SpokenAt(question, at) })
            {
                if (width == 0 || question.IsTaken(at))
                {
                    continue;
                }

                found.AddRange(codes.Select(code => (at, code)));
                question.Take(at, width);
                TakeNoun(question, at, width);
            }
        }

        return [.. found.OrderBy(static region => region.At).Select(static region => region.Code).Distinct(StringComparer.Ordinal)];
    }

    private static (string[] Codes, int Width) CodeAt(Question question, int at)
    {
        var word = question.Words[at];
        if (!word.IsQuoted && CodeOrZone().Match(word.Lower) is { Success: true } one)
        {
            return ([one.Groups["region"].Value], 1);
        }

        // "us east 1", "eu west-1".
        for (var width = 2; width <= 3 && at + width <= question.Words.Count; width++)
        {
            var joined = string.Join('-', Enumerable.Range(at, width).Select(index => question.Words[index].Lower));
            if (CodeOrZone().IsMatch(joined) && !joined.EndsWith('a'))
            {
                return ([joined], width);
            }
        }

        return ([], 0);
    }

    private static (string[] Codes, int Width) SpokenAt(Question question, int at)
    {
        foreach (var (spoken, code) in SpokenRegions.Names)
        {
            var parts = spoken.Split(' ');
            if (at + parts.Length <= question.Words.Count && parts.Index().All(part => string.Equals(question.Words[at + part.Index].Lower, part.Item.TrimEnd('.'), StringComparison.Ordinal)))
            {
                return ([code], parts.Length);
            }
        }

        return SpokenRegions.Parts.TryGetValue(question.Words[at].Lower, out var codes) ? (codes, 1) : ([], 0);
    }

    private static void TakeNoun(Question question, int at, int width)
    {
        foreach (var beside in new[] { at - 1, at + width })
        {
            if (beside >= 0 && beside < question.Words.Count && Nouns.Contains(question.Words[beside].Lower, StringComparer.Ordinal))
            {
                question.Take(beside);
            }
        }
    }

    [GeneratedRegex("^(?<region>(us|eu|ap|ca|sa|af|me|il|mx|cn)(-gov|-iso[a-z]?)?-(north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9])[a-f]?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex CodeOrZone();
}
