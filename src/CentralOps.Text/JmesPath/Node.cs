using System.Text.Json;

namespace CentralOps.Text.JmesPath;

/// <summary>A value under evaluation: a part of the data as it is, or one that was made. The default is null.</summary>
internal readonly struct Node
{
    // One of: nothing (null), a boxed JsonElement, bool or double, a string, Node[], Dictionary<string, Node>.
    private readonly object? _value;

    private Node(object? value, JsonValueKind kind)
    {
        _value = value;
        Kind = kind;
    }

    /// <summary>Never Undefined of a node that was made; of the default it is, and reads as null.</summary>
    public JsonValueKind Kind { get => field == JsonValueKind.Undefined ? JsonValueKind.Null : field; }

    public bool IsNull => Kind == JsonValueKind.Null;

    public bool IsNumber => Kind == JsonValueKind.Number;

    public bool IsText => Kind == JsonValueKind.String;

    public bool IsList => Kind == JsonValueKind.Array;

    public bool IsMap => Kind == JsonValueKind.Object;

    public static Node Null => default;

    /// <summary>The element of a document, when it is one.</summary>
    public JsonElement? Element => _value is JsonElement element ? element : null;

    public static Node Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => Null,
        _ => new(element, element.ValueKind),
    };

    public static Node Of(string text) => new(text, JsonValueKind.String);

    public static Node Of(bool value) => new(null, value ? JsonValueKind.True : JsonValueKind.False);

    public static Node Of(double number) => new(number, JsonValueKind.Number);

    public static Node Of(Node[] items) => new(items, JsonValueKind.Array);

    public static Node Of(Dictionary<string, Node> members) => new(members, JsonValueKind.Object);

    /// <summary>What counts as true: everything but null, false, and empty strings, arrays and objects.</summary>
    public bool IsTrue => Kind switch
    {
        JsonValueKind.Null or JsonValueKind.False => false,
        JsonValueKind.String => Text().Length > 0,
        JsonValueKind.Array => Length > 0,
        JsonValueKind.Object => _value is JsonElement element ? element.EnumerateObject().MoveNext() : ((Dictionary<string, Node>)_value!).Count > 0,
        _ => true,
    };

    /// <summary>Of an array.</summary>
    public int Length => _value is JsonElement element ? element.GetArrayLength() : ((Node[])_value!).Length;

    public Node this[int index] => _value is JsonElement element ? Of(element[index]) : ((Node[])_value!)[index];

    public string Text() => _value is JsonElement element ? element.GetString()! : (string)_value!;

    public double Number() => _value is JsonElement element ? element.GetDouble() : (double)_value!;

    /// <summary>A member of an object; null where there is none.</summary>
    public Node Member(string name)
    {
        if (_value is JsonElement element)
        {
            return element.TryGetProperty(name, out var member) ? Of(member) : Null;
        }

        return ((Dictionary<string, Node>)_value!).GetValueOrDefault(name);
    }

    public IEnumerable<Node> Items()
    {
        if (_value is not JsonElement element)
        {
            return (Node[])_value!;
        }

        return element.EnumerateArray().Select(Of);
    }

    public IEnumerable<KeyValuePair<string, Node>> Members()
    {
        if (_value is not JsonElement element)
        {
            return (Dictionary<string, Node>)_value!;
        }

        return element.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, Of(member.Value)));
    }
}
