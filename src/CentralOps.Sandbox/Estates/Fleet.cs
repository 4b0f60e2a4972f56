using System.Collections.Frozen;

namespace CentralOps.Sandbox.Estates;

/// <summary>The instances of one account in one region, those of a reservation beside each other.</summary>
internal sealed class Fleet(IReadOnlyList<Instance> instances)
{
    public static Fleet Empty { get; } = new([]);

    public IReadOnlyList<Instance> Instances { get; } = instances;

    public FrozenDictionary<string, Instance> ById { get; } = instances.ToFrozenDictionary(instance => instance.Id, StringComparer.Ordinal);
}
