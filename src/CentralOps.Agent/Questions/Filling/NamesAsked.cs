using CentralOps.Agent.Questions.Subjects;
using CentralOps.Agent.Questions.Things;

namespace CentralOps.Agent.Questions.Filling;

/// <summary>Which of the names in a question are those of what it is about: the word behind the noun says ("cluster prod-apps").</summary>
internal static class NamesAsked
{
    private static readonly string[] Between = ["named", "called", "name", "the", "with", "is"];

    public static IReadOnlyList<string> Of(Reading reading, Subject subject) =>
        [.. reading.Things.All.Where(thing => thing.Kind is ThingKind.Name or ThingKind.Arn && Owner(reading.Question, thing.At) is var owner && (owner is null || owner == subject)).Select(static thing => thing.Text)];

    /// <summary>Names behind that noun alone.</summary>
    public static IReadOnlyList<string> Behind(Reading reading, string noun) =>
        [.. reading.Things.All.Where(thing => thing.Kind is ThingKind.Name or ThingKind.Arn && string.Equals(NounBefore(reading.Question, thing.At), noun, StringComparison.Ordinal)).Select(static thing => thing.Text)];

    // Null: it stands behind no noun of its own, and so belongs to what the question is about.
    private static Subject? Owner(Question question, int at) => NounBefore(question, at) switch
    {
        "bucket" => Subject.Buckets,
        "function" or "lambda" => Subject.Functions,
        "database" or "db" => Subject.Databases,
        "service" => Subject.EcsServices,
        "alarm" or "alert" => Subject.Alarms,
        "cluster" => ClusterOf(question),
        _ => null,
    };

    private static Subject? ClusterOf(Question question) =>
        question.Says("eks", "kubernetes", "k8s") ? Subject.EksClusters
        : question.Says("aurora", "rds", "database", "db") ? Subject.DatabaseClusters
        : Subject.EcsClusters;

    private static string NounBefore(Question question, int at)
    {
        for (var before = at - 1; before >= 0; before--)
        {
            if (!Between.Contains(question.Words[before].Lower, StringComparer.Ordinal))
            {
                return question.Words[before].Plain;
            }
        }

        return "";
    }
}
