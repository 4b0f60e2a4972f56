namespace CentralOps.Sandbox.Estates;

/// <summary>The instances of one account in one region, those of a reservation beside each other.</summary>
internal sealed class Fleet(IReadOnlyList<Instance> instances)
{
    // Made when somebody asks by id: most questions do not.
    private readonly Lazy<Dictionary<string, Instance>> _byId = new(() => instances.ToDictionary(instance => instance.Id, StringComparer.Ordinal));

    public static Fleet Empty { get; } = new([]);

    public IReadOnlyList<Instance> Instances => instances;

    public IReadOnlyDictionary<string, Instance> ById => _byId.Value;
}
