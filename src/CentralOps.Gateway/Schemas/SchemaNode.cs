namespace CentralOps.Gateway.Schemas;

/// <summary>The types of AgentCore's SchemaDefinition.</summary>
internal enum SchemaType
{
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
}

/// <summary>One compiled SchemaDefinition. Immutable.</summary>
internal sealed class SchemaNode
{
    public required SchemaType Type { get; init; }

    /// <summary>Of an object; members that are not among them pass unchecked, since the five keywords cannot forbid any.</summary>
    public IReadOnlyList<SchemaProperty> Properties { get; init; } = [];

    /// <summary>Names that an object must have; some may have no property of their own.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Of an array; null admits any element.</summary>
    public SchemaNode? Items { get; init; }

    public string? Description { get; init; }

    /// <summary>The type as a message says it.</summary>
    public string Noun => Type switch
    {
        SchemaType.String => "a string",
        SchemaType.Number => "a number",
        SchemaType.Integer => "an integer",
        SchemaType.Boolean => "true or false",
        SchemaType.Object => "an object",
        _ => "an array",
    };
}

/// <summary>A member that an object's schema describes.</summary>
internal sealed record SchemaProperty(string Name, SchemaNode Schema);
