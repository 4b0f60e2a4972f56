using System.Collections.Frozen;

namespace CentralOps.Agent.Questions.Regions;

/// <summary>Regions as AWS's pages and people call them.</summary>
internal static class SpokenRegions
{
    /// <summary>By their names, in lower case; longer ones first.</summary>
    public static IReadOnlyList<(string Spoken, string Code)> Names { get; } =
    [
        .. new (string Spoken, string Code)[]
        {
            ("n. virginia", "us-east-1"), ("n virginia", "us-east-1"), ("northern virginia", "us-east-1"), ("north virginia", "us-east-1"), ("virginia", "us-east-1"), ("ohio", "us-east-2"),
            ("n. california", "us-west-1"), ("n california", "us-west-1"), ("northern california", "us-west-1"), ("california", "us-west-1"), ("oregon", "us-west-2"),
            ("canada central", "ca-central-1"), ("montreal", "ca-central-1"), ("canada", "ca-central-1"), ("calgary", "ca-west-1"), ("sao paulo", "sa-east-1"), ("são paulo", "sa-east-1"), ("brazil", "sa-east-1"),
            ("ireland", "eu-west-1"), ("dublin", "eu-west-1"), ("london", "eu-west-2"), ("uk", "eu-west-2"), ("paris", "eu-west-3"), ("france", "eu-west-3"), ("frankfurt", "eu-central-1"), ("germany", "eu-central-1"),
            ("zurich", "eu-central-2"), ("zürich", "eu-central-2"), ("switzerland", "eu-central-2"), ("stockholm", "eu-north-1"), ("sweden", "eu-north-1"), ("milan", "eu-south-1"), ("italy", "eu-south-1"), ("spain", "eu-south-2"),
            ("tokyo", "ap-northeast-1"), ("japan", "ap-northeast-1"), ("seoul", "ap-northeast-2"), ("korea", "ap-northeast-2"), ("osaka", "ap-northeast-3"), ("mumbai", "ap-south-1"), ("hyderabad", "ap-south-2"),
            ("singapore", "ap-southeast-1"), ("sydney", "ap-southeast-2"), ("jakarta", "ap-southeast-3"), ("melbourne", "ap-southeast-4"), ("hong kong", "ap-east-1"), ("cape town", "af-south-1"),
            ("bahrain", "me-south-1"), ("uae", "me-central-1"), ("dubai", "me-central-1"), ("tel aviv", "il-central-1"), ("israel", "il-central-1"),
        }.OrderByDescending(static name => name.Spoken.Count(' ')),
    ];

    /// <summary>Parts of the world: the regions there that need no opting in.</summary>
    public static FrozenDictionary<string, string[]> Parts { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["europe"] = ["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3"],
        ["asia"] = ["ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1"],
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
