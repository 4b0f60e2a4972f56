using System.Globalization;
using System.Text.Json;
using CentralOps.Text.Shaping;

namespace CentralOps.Text.JsonSchema;

/// <summary>Finds what references lead to: within the schema only. What is elsewhere is refused, never fetched.</summary>
internal sealed class References
{
    private static readonly Uri Unnamed = new("schema:///");

    private readonly JsonElement _whole;
    private readonly Dictionary<string, SchemaNode> _byPointer;
    private readonly Func<JsonElement, string, Resource, SchemaNode> _read;
    private readonly Dictionary<string, Resource> _byUri = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Pointer, Resource Resource)> _named = [];

    /// <param name="byPointer">What was compiled so far, by its place from the whole schema's root.</param>
    /// <param name="read">Compiles a place that no keyword led to.</param>
    public References(JsonElement whole, Dictionary<string, SchemaNode> byPointer, Func<JsonElement, string, Resource, SchemaNode> read)
    {
        (_whole, _byPointer, _read) = (whole, byPointer, read);
        Root = new(Unnamed, "");
        _byUri[Unnamed.AbsoluteUri] = Root;
    }

    public Resource Root { get; }

    /// <summary>A resource of its own begins.</summary>
    public Resource Add(string id, string pointer, Resource within)
    {
        var (place, fragment) = Split(id);

        // Before draft 2019-09 an $id that is only a fragment named a place.
        if (place.Length == 0 && fragment.Length > 0)
        {
            _named.Add((fragment, pointer, within));
            return within;
        }

        if (!Uri.TryCreate(within.Uri, place, out var uri))
        {
            throw SchemaCompiler.Wrong(pointer, $"$id '{ForeignText.Line(id, 120)}' is no URI reference");
        }

        return _byUri[uri.AbsoluteUri] = new Resource(uri, pointer);
    }

    /// <summary>Gives a schema the name that its old-fashioned <c>$id</c> asked for.</summary>
    public void Name(SchemaNode node, string pointer)
    {
        foreach (var (name, _, resource) in _named.Where(named => string.Equals(named.Pointer, pointer, StringComparison.Ordinal)))
        {
            resource.Anchors[name] = node;
        }
    }

    public SchemaNode Resolve(string reference, Resource from, string pointer)
    {
        var (place, fragment) = Split(reference);
        var resource = from;
        if (place.Length > 0 && (!Uri.TryCreate(from.Uri, place, out var uri) || !_byUri.TryGetValue(uri.AbsoluteUri, out resource)))
        {
            throw SchemaCompiler.Wrong(
                pointer, $"'{ForeignText.Line(reference, 120)}' leads out of the schema, and nothing is fetched; put what it refers to under $defs, with that $id");
        }

        if (fragment.Length > 0 && fragment[0] != '/')
        {
            return resource.Anchors.GetValueOrDefault(fragment) ?? throw Nowhere(reference, pointer);
        }

        return At(resource.Pointer + Uri.UnescapeDataString(fragment)) ?? throw Nowhere(reference, pointer);
    }

    private SchemaNode? At(string pointer)
    {
        if (_byPointer.TryGetValue(pointer, out var known))
        {
            return known;
        }

        // A place that no keyword leads to. It belongs to the resource around it.
        var value = _whole;
        var around = Root;
        var walked = "";
        foreach (var step in pointer.Split('/').Skip(1))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (!TryStep(value, name, out value))
            {
                return null;
            }

            around = _byPointer.TryGetValue(walked, out var passed) ? passed.Resource : around;
            walked = SchemaCompiler.Below(walked, name);
        }

        return _byPointer.TryGetValue(walked, out known) ? known : _read(value, walked, around);
    }

    private static bool TryStep(JsonElement value, string name, out JsonElement next)
    {
        next = default;
        return value.ValueKind switch
        {
            JsonValueKind.Object => value.TryGetProperty(name, out next),
            JsonValueKind.Array => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < value.GetArrayLength() && (next = value[index]).ValueKind != JsonValueKind.Undefined,
            _ => false,
        };
    }

    private static (string Place, string Fragment) Split(string reference)
    {
        var at = reference.IndexOf('#', StringComparison.Ordinal);
        return at < 0 ? (reference, "") : (reference[..at], reference[(at + 1)..]);
    }

    private static SchemaException Nowhere(string reference, string pointer) => SchemaCompiler.Wrong(pointer, $"'{ForeignText.Line(reference, 120)}' leads to no schema");
}
