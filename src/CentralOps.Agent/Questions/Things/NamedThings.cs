namespace CentralOps.Agent.Questions.Things;

/// <summary>The resources that a question names, in its order.</summary>
/// <param name="Tags">key=value, of resources.</param>
internal sealed record NamedThings(IReadOnlyList<Thing> All, IReadOnlyList<(string Key, string Value)> Tags)
{
    /// <summary>Ids that begin so: <c>i-</c>.</summary>
    public IReadOnlyList<string> Ids(string prefix) => [.. Of(ThingKind.Id).Where(id => id.StartsWith(prefix, StringComparison.Ordinal))];

    public IEnumerable<string> Of(ThingKind kind) => All.Where(thing => thing.Kind == kind).Select(static thing => thing.Text);

    /// <summary>Names and ARNs, as most tools take either.</summary>
    public IReadOnlyList<string> Names => [.. All.Where(static thing => thing.Kind is ThingKind.Name or ThingKind.Arn).Select(static thing => thing.Text)];
}
