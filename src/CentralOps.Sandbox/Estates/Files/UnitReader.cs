namespace CentralOps.Sandbox.Estates.Files;

/// <summary>The organizational units by path, such as <c>Workloads/Prod</c>; the units on the way are made, too.</summary>
internal sealed class UnitReader
{
    private const int MaxDepth = 5;

    private readonly Dictionary<string, OrganizationalUnit> _byPath = new(StringComparer.Ordinal);

    private UnitReader(string rootId) => RootId = rootId;

    public string RootId { get; }

    public IReadOnlyList<OrganizationalUnit> All => [.. _byPath.Values];

    public static UnitReader Read(Section file, string root, ulong seed)
    {
        var units = new UnitReader("r-" + root);
        foreach (var path in file.Texts("units"))
        {
            var parts = path.Split('/');
            if (parts.Length > MaxDepth || parts.Any(part => part.Trim().Length is 0 or > 128))
            {
                file.Problems.Add(file.LineOf("units"), $"'{path}' is not a path of units", $"Write up to {MaxDepth} names with slashes between, such as Workloads/Prod.");
                continue;
            }

            var parent = units.RootId;
            for (var length = 1; length <= parts.Length; length++)
            {
                var here = string.Join('/', parts[..length]);
                if (!units._byPath.TryGetValue(here, out var unit))
                {
                    unit = new OrganizationalUnit($"ou-{root}-{new Dice(seed, "unit", here).Base36(8)}", parts[length - 1], parent);
                    units._byPath[here] = unit;
                }

                parent = unit.Id;
            }
        }

        return units;
    }

    /// <summary>The id of the unit that a key names; the root's where it names none.</summary>
    public string Find(Section section, string key) => section.Text(key) is { } path ? Find(section, section.LineOf(key), path) ?? RootId : RootId;

    public string? Find(Section section, int line, string path)
    {
        if (path is "root")
        {
            return RootId;
        }

        if (_byPath.TryGetValue(path, out var unit))
        {
            return unit.Id;
        }

        section.Problems.Add(line, $"The unit '{path}' is not among the units", _byPath.Count == 0 ? "Add it to 'units'." : $"Add it to 'units', or take one of {string.Join(", ", _byPath.Keys.Take(8))}.");
        return null;
    }
}
