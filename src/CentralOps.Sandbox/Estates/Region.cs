using System.Collections.Frozen;

namespace CentralOps.Sandbox.Estates;

/// <summary>A region of the partition <c>aws</c>. One that needs opting in is switched on account by account.</summary>
internal sealed record Region(string Name, bool NeedsOptIn = false)
{
    public static IReadOnlyList<Region> All { get; } =
    [
        new("af-south-1", NeedsOptIn: true), new("ap-east-1", NeedsOptIn: true), new("ap-northeast-1"), new("ap-northeast-2"),
        new("ap-northeast-3"), new("ap-south-1"), new("ap-south-2", NeedsOptIn: true), new("ap-southeast-1"), new("ap-southeast-2"),
        new("ap-southeast-3", NeedsOptIn: true), new("ap-southeast-4", NeedsOptIn: true), new("ca-central-1"), new("ca-west-1", NeedsOptIn: true),
        new("eu-central-1"), new("eu-central-2", NeedsOptIn: true), new("eu-north-1"), new("eu-south-1", NeedsOptIn: true),
        new("eu-south-2", NeedsOptIn: true), new("eu-west-1"), new("eu-west-2"), new("eu-west-3"), new("il-central-1", NeedsOptIn: true),
        new("me-central-1", NeedsOptIn: true), new("me-south-1", NeedsOptIn: true), new("sa-east-1"), new("us-east-1"), new("us-east-2"),
        new("us-west-1"), new("us-west-2"),
    ];

    public static FrozenDictionary<string, Region> ByName { get; } = All.ToFrozenDictionary(region => region.Name, StringComparer.Ordinal);
}
