using System.Text.Json;
using System.Text.RegularExpressions;

namespace CentralOps.Text.JsonSchema;

/// <summary>One compiled schema. Written by the compiler only.</summary>
internal sealed class SchemaNode
{
    public required Resource Resource { get; init; }

    /// <summary>The verdict of a boolean schema; null where there are keywords.</summary>
    public bool? Always { get; init; }

    public JsonTypes Types { get; set; } = JsonTypes.Any;

    public JsonElement[]? Enum { get; set; }

    public JsonElement? Const { get; set; }

    public NumberRules? Number { get; set; }

    public LengthRules? TextLength { get; set; }

    public Regex? Pattern { get; set; }

    public string? PatternText { get; set; }

    public string? Description { get; set; }

    // Arrays.
    public SchemaNode[] PrefixItems { get; set; } = [];

    public SchemaNode? Items { get; set; }

    public SchemaNode? Contains { get; set; }

    public LengthRules? ContainsCount { get; set; }

    public LengthRules? ItemCount { get; set; }

    public bool UniqueItems { get; set; }

    public SchemaNode? UnevaluatedItems { get; set; }

    // Objects.
    public Dictionary<string, SchemaNode>? Properties { get; set; }

    public (Regex Pattern, SchemaNode Schema)[] PatternProperties { get; set; } = [];

    public SchemaNode? AdditionalProperties { get; set; }

    public SchemaNode? PropertyNames { get; set; }

    public string[] Required { get; set; } = [];

    public LengthRules? PropertyCount { get; set; }

    public (string Name, string[] Required)[] DependentRequired { get; set; } = [];

    public (string Name, SchemaNode Schema)[] DependentSchemas { get; set; } = [];

    public SchemaNode? UnevaluatedProperties { get; set; }

    // Any value.
    public SchemaNode[] AllOf { get; set; } = [];

    public SchemaNode[] AnyOf { get; set; } = [];

    public SchemaNode[] OneOf { get; set; } = [];

    public SchemaNode? Not { get; set; }

    public SchemaNode? If { get; set; }

    public SchemaNode? Then { get; set; }

    public SchemaNode? Else { get; set; }

    public SchemaNode? Ref { get; set; }

    public SchemaNode? DynamicRef { get; set; }

    /// <summary>The dynamic anchor that <see cref="DynamicRef"/> leads to first; null where it does not change with who asks.</summary>
    public string? DynamicName { get; set; }

    public bool LooksAtArrays => PrefixItems.Length > 0 || Items is not null || Contains is not null || ItemCount is not null || UniqueItems || UnevaluatedItems is not null;

    public bool LooksAtObjects => Properties is not null || PatternProperties.Length > 0 || AdditionalProperties is not null || PropertyNames is not null || Required.Length > 0
        || PropertyCount is not null || DependentRequired.Length > 0 || DependentSchemas.Length > 0 || UnevaluatedProperties is not null;
}

/// <summary>A schema with an identity of its own: the whole one, or a part with an <c>$id</c>.</summary>
internal sealed class Resource(Uri uri, string pointer)
{
    public Uri Uri => uri;

    /// <summary>From the whole schema's root.</summary>
    public string Pointer => pointer;

    public Dictionary<string, SchemaNode> Anchors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SchemaNode> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}

[Flags]
internal enum JsonTypes
{
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Any = 127,
}

/// <summary>Bounds of a number; each null where there is none.</summary>
internal sealed record NumberRules(JsonElement? Minimum, JsonElement? ExclusiveMinimum, JsonElement? Maximum, JsonElement? ExclusiveMaximum, JsonElement? MultipleOf);

/// <summary>Bounds of a count.</summary>
internal sealed record LengthRules(int Least, int? Most)
{
    public bool Holds(int count) => count >= Least && !(count > Most);

    public string Words(string one, string many) => (Least, Most) switch
    {
        (var least, null) => $"at least {Count(least, one, many)}",
        (0, { } most) => $"at most {Count(most, one, many)}",
        (var least, { } most) when least == most => Count(least, one, many),
        (var least, { } most) => $"{least} to {Count(most, one, many)}",
    };

    private static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
