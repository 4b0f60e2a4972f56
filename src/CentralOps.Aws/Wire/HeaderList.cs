using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Aws.Wire;

/// <summary>HTTP headers in the order they were added; names compare without case, a name may repeat.</summary>
public sealed class HeaderList : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _entries = [];

    public int Count => _entries.Count;

    public KeyValuePair<string, string> this[int index] => _entries[index];

    public void Add(string name, string value) => _entries.Add(new(name, value));

    /// <summary>Replaces every value of <paramref name="name"/>.</summary>
    public void Set(string name, string value)
    {
        Remove(name);
        Add(name, value);
    }

    public void Remove(string name) =>
        _entries.RemoveAll(entry => string.Equals(entry.Key, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of a header; several of one name are joined by a comma, as RFC 9110 section 5.3 has it.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out string? value)
    {
        value = null;
        foreach (var entry in _entries)
        {
            if (string.Equals(entry.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                value = value is null ? entry.Value : value + "," + entry.Value;
            }
        }

        return value is not null;
    }

    public string? Find(string name) => TryGet(name, out var value) ? value : null;

    public List<KeyValuePair<string, string>>.Enumerator GetEnumerator() => _entries.GetEnumerator();

    IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
