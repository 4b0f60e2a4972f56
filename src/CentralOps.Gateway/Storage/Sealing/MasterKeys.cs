using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Gateway.Storage.Sealing;

/// <summary>
/// The keys that this process has. The first one seals; each of them opens. To change keys: put the new one behind the old on every replica, then before
/// it, then let <see cref="SealedStore"/> rotate, then take the old one out.
/// </summary>
public sealed class MasterKeys
{
    /// <summary><c>id:base64,id:base64,…</c></summary>
    public const string Variable = "CENTRALOPS_MASTER_KEY";

    private const int Most = 16;

    private readonly IReadOnlyList<MasterKey> _inOrder;
    private readonly Dictionary<string, MasterKey> _keys;

    private MasterKeys(IReadOnlyList<MasterKey> keys)
    {
        Newest = keys[0];
        _inOrder = keys;
        _keys = keys.ToDictionary(key => key.Id, StringComparer.Ordinal);
    }

    /// <summary>The one that seals.</summary>
    public MasterKey Newest { get; }

    /// <summary>The one that seals first.</summary>
    public IReadOnlyList<string> Ids => [.. _inOrder.Select(static key => key.Id)];

    internal static MasterKeys Of(MasterKey key) => new([key]);

    /// <summary>With another that seals from now on; what the others sealed opens as before.</summary>
    /// <param name="fault">A sentence with the repair, without a key.</param>
    public bool TryPutFirst(MasterKey newest, [NotNullWhen(true)] out MasterKeys? keys, [NotNullWhen(false)] out string? fault)
    {
        keys = null;
        fault = Find(newest.Id) is not null ? $"The id {newest.Id} is taken by a key that is here: give the new key an id of its own."
            : _inOrder.Count >= Most ? $"There are {_inOrder.Count} keys, as many as may be: take out those that seal nothing any more."
            : null;
        if (fault is not null)
        {
            return false;
        }

        keys = new MasterKeys([newest, .. _inOrder]);
        return true;
    }

    /// <summary>The one that seals, alone.</summary>
    public MasterKeys NewestAlone() => new([Newest]);

    /// <summary>As the file has them.</summary>
    internal string Reveal() => string.Concat(_inOrder.Select(static key => key.Reveal() + "\n"));

    /// <param name="text">Keys, the one that seals first; separated by commas or lines.</param>
    /// <param name="from">What is said to be wrong: the setting or the file.</param>
    /// <param name="fault">A sentence with the repair, without a key.</param>
    public static bool TryParse(string text, string from, [NotNullWhen(true)] out MasterKeys? keys, [NotNullWhen(false)] out string? fault)
    {
        keys = null;
        var found = new List<MasterKey>();
        var parts = text.Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > Most)
        {
            fault = $"{from} holds {parts.Length} keys: give 1 to {Most}, the one that seals first, each as id:base64.";
            return false;
        }

        foreach (var part in parts)
        {
            if (!MasterKey.TryParse(part, out var key, out var wrong))
            {
                fault = $"{from}: key number {found.Count + 1} {wrong}.";
                return false;
            }

            if (found.Exists(other => string.Equals(other.Id, key.Id, StringComparison.Ordinal)))
            {
                fault = $"{from}: the id {key.Id} stands there twice: each key has an id of its own.";
                return false;
            }

            found.Add(key);
        }

        keys = new MasterKeys(found);
        fault = null;
        return true;
    }

    public override string ToString() => $"{_keys.Count} master keys, {Newest.Id} seals";

    internal MasterKey? Find(string id) => _keys.GetValueOrDefault(id);
}
