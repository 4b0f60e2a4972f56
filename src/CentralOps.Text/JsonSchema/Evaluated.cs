namespace CentralOps.Text.JsonSchema;

/// <summary>What of one object or array some schema has looked at; <c>unevaluatedProperties</c> and <c>unevaluatedItems</c> are about the rest.</summary>
internal sealed class Evaluated
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<int> _indexes = [];
    private bool _allNames;
    private int _firstItems;

    public void Add(string name) => _names.Add(name);

    public void Add(int index) => _indexes.Add(index);

    public void AddFirst(int count) => _firstItems = Math.Max(_firstItems, count);

    public void AddAllNames() => _allNames = true;

    public bool Has(string name) => _allNames || _names.Contains(name);

    public bool Has(int index) => index < _firstItems || _indexes.Contains(index);

    public void Add(Evaluated other)
    {
        _names.UnionWith(other._names);
        _indexes.UnionWith(other._indexes);
        _allNames |= other._allNames;
        _firstItems = Math.Max(_firstItems, other._firstItems);
    }
}

/// <summary>Where in a value a validation is.</summary>
internal sealed record Place(Place? Above, string? Name, int Index)
{
    private const int MaxName = 64;

    public static string Words(Place? place)
    {
        var steps = new Stack<Place>();
        for (var at = place; at is not null; at = at.Above)
        {
            steps.Push(at);
        }

        return string.Concat(steps.Select((step, i) => step.Name is null ? $"[{step.Index}]" : (i == 0 ? "" : ".") + Shaping.ForeignText.Line(step.Name, MaxName)));
    }
}

/// <summary>The resources that lead to where a validation is; a dynamic reference goes by the outermost.</summary>
internal sealed record Scope(Resource Resource, Scope? Outer)
{
    public SchemaNode? Outermost(string dynamicAnchor)
    {
        SchemaNode? found = null;
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            found = scope.Resource.DynamicAnchors.GetValueOrDefault(dynamicAnchor) ?? found;
        }

        return found;
    }
}
