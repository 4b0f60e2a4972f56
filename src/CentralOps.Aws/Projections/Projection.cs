using System.Text;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Projections;

/// <summary>
/// What a caller wants of a list answer: the items at a path (through nested lists), and of each item some fields, renamed or
/// reshaped. Immutable and shared; applied while the wire is read, so that what is not wanted is never decoded.
/// </summary>
public sealed class Projection
{
    private Selection? _selection;

    private Projection(string[] path, Field[] fields)
    {
        PathNames = path;
        FieldArray = fields;
    }

    /// <summary>Member names from the answer's root down to the list whose elements are the items.</summary>
    public IReadOnlyList<string> Path => PathNames;

    /// <summary>Fields of one item, in the order in which they are written; a field that the item lacks is written as its empty value.</summary>
    public IReadOnlyList<Field> Fields => FieldArray;

    // Arrays for the codecs: walking one through its interface is compiled at start.
    internal string[] PathNames { get; }

    internal Field[] FieldArray { get; }

    /// <param name="path">Such as <c>Reservations.Instances</c>: through structures and lists; the last one is a list, and its elements are the items.</param>
    /// <param name="fields">Fields of one item; none for the item in full.</param>
    public static Projection Items(string path, params Field[] fields) => new(path.Split('.'), fields);

    /// <summary>Compiled once for the operation that it is used with.</summary>
    internal Selection For(OperationModel operation)
    {
        var selection = _selection;
        if (selection is null || !ReferenceEquals(selection.Root, operation.Output))
        {
            _selection = selection = Selection.Compile(this, operation);
        }

        return selection;
    }
}

/// <summary>One field of a projected item.</summary>
public sealed record Field
{
    private Field(string[] path, string name, FieldKind kind)
    {
        Utf8Name = Encoding.UTF8.GetBytes(name);
        PathNames = path;
        Name = name;
        Kind = kind;
    }

    /// <summary>Member names from the item down to the value.</summary>
    public IReadOnlyList<string> Path => PathNames;

    /// <summary>The name in the answer.</summary>
    public string Name { get; }

    public FieldKind Kind { get; }

    internal string[] PathNames { get; }

    internal byte[] Utf8Name { get; }

    /// <summary>The value as it is (a structure or list in full); null when absent.</summary>
    public static Field Value(string path, string? name = null)
    {
        var parts = path.Split('.');
        return new Field(parts, name ?? parts[^1], FieldKind.Value);
    }

    /// <summary>A list of <c>{Key, Value}</c> as a map; <c>{}</c> when absent.</summary>
    public static Field TagMap(string path, string? name = null)
    {
        var parts = path.Split('.');
        return new Field(parts, name ?? parts[^1], FieldKind.TagMap);
    }

    /// <summary>The names of a map's entries as a list, in the wire's order; <c>[]</c> when absent. No value is decoded.</summary>
    public static Field MapNames(string path, string? name = null)
    {
        var parts = path.Split('.');
        return new Field(parts, name ?? parts[^1], FieldKind.MapNames);
    }
}

public enum FieldKind
{
    Value,
    TagMap,
    MapNames,
}
