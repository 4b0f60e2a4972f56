namespace CentralOps.Tools.Schemas;

/// <summary>The most items that a list takes, for its schema.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MaxItemsAttribute(int count) : Attribute
{
    public int Count { get; } = count;
}
