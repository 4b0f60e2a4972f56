using System.Text.Json;

namespace CentralOps.Tools.Aggregation;

/// <summary>Rows that have the same values in the fields that are grouped by.</summary>
/// <param name="key">Those values as a JSON array.</param>
internal sealed class Group(string key, Tally[] tallies)
{
    private JsonElement[]? _values;

    public IReadOnlyList<Tally> Tallies => tallies;

    /// <summary>For an order that does not depend on which row came first.</summary>
    public string Key => key;

    public IReadOnlyList<JsonElement> Values => _values ??= [.. JsonElement.Parse(key).EnumerateArray()];

    public void Add(ReadOnlySpan<JsonElement> values)
    {
        for (var index = 0; index < tallies.Length; index++)
        {
            tallies[index].Add(values[index]);
        }
    }

    public void Merge(Group other)
    {
        for (var index = 0; index < tallies.Length; index++)
        {
            tallies[index].Merge(other.Tallies[index]);
        }
    }
}
