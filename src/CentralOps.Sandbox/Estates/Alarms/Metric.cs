namespace CentralOps.Sandbox.Estates.Alarms;

/// <summary>A CloudWatch metric: namespace, name and dimensions in the order of their names.</summary>
internal sealed record Metric(string Namespace, string Name, params IReadOnlyList<Dimension> Dimensions)
{
    /// <summary>The same for equal metrics: names may hold anything, so nothing else separates the parts.</summary>
    public string Key { get; } = string.Join('\0', [Namespace, Name, .. Dimensions.SelectMany(dimension => new[] { dimension.Name, dimension.Value })]);

    public bool Equals(Metric? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
}

internal readonly record struct Dimension(string Name, string Value);
