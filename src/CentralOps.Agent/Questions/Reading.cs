using CentralOps.Agent.Questions.Accounts;
using CentralOps.Agent.Questions.Subjects;
using CentralOps.Agent.Questions.Things;
using CentralOps.Agent.Questions.Times;

namespace CentralOps.Agent.Questions;

/// <summary>A question with everything in it that was understood.</summary>
internal sealed record Reading
{
    public required Question Question { get; init; }

    public required AccountChoice Accounts { get; init; }

    /// <summary>Codes; all alone for every region; none where none is named.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    public required AskedSpan? Span { get; init; }

    public required int? Limit { get; init; }

    public required NamedThings Things { get; init; }

    public required IReadOnlyList<Subject> Subjects { get; init; }

    /// <summary>What it is about first; null for nothing that is known.</summary>
    public Subject? Subject => Subjects.Count > 0 ? Subjects[0] : null;

    /// <summary>The question without its places, times and numbers: what a search for tools is asked.</summary>
    public required string SearchWords { get; init; }

    public static Reading Of(string text, IReadOnlyList<KnownAccount> known, DateTimeOffset now)
    {
        var question = Question.Read(text);

        // The most certain first: each takes the words that it understands, and those that follow see the rest only.
        var regions = Questions.Regions.RegionReader.Read(question);
        var accounts = new AccountReader(known).Read(question, out var everywhere);
        var span = SpanReader.Read(question, now);
        var limit = LimitReader.Read(question);
        var things = ThingReader.Read(question);
        return new Reading
        {
            Question = question,
            Accounts = accounts,
            Regions = everywhere && regions.Count == 0 ? [Questions.Regions.RegionReader.All] : regions,
            Span = span,
            Limit = limit,
            Things = things,
            Subjects = SubjectReader.Read(question, things),
            SearchWords = string.Join(' ', question.Left.Select(static word => word.Text)),
        };
    }
}
