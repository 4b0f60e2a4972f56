using System.Text.Json;

namespace CentralOps.Tools.Aggregation;

/// <summary>One measure of one group, while rows come in. Not safe for concurrent use.</summary>
internal abstract class Tally
{
    /// <summary>Values that this measure can do nothing with, such as text in a sum. Null is no value, and not among them.</summary>
    public long Ignored { get; protected set; }

    /// <summary>Why the figure is not exactly what was asked; null where it is.</summary>
    public virtual TallyFlaw Flaw => TallyFlaw.None;

    /// <param name="value">Undefined or null where the row has none.</param>
    public abstract void Add(JsonElement value);

    /// <param name="other">Of the same measure.</param>
    public abstract void Merge(Tally other);

    public abstract void Write(Utf8JsonWriter json);

    /// <summary>Smaller, equal or greater as groups are ordered by it; what is unknown is smallest.</summary>
    public abstract int OrderAgainst(Tally other);

    protected static bool IsNothing(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
}

internal enum TallyFlaw
{
    None,

    /// <summary>There are at least as many.</summary>
    AtLeast,

    /// <summary>Beyond what 28 decimal digits hold; told as null.</summary>
    TooLarge,
}
