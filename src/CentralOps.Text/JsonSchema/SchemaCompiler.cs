using System.Text.Json;
using CentralOps.Text.Shaping;

namespace CentralOps.Text.JsonSchema;

/// <summary>Compiles a schema and all that lies in it; references are tied when everything is known.</summary>
internal sealed class SchemaCompiler
{
    private const int MaxDepth = 100;
    private const int MaxNodes = 20_000;

    private readonly JsonElement _whole;
    private readonly References _references;
    private readonly Dictionary<string, SchemaNode> _byPointer = new(StringComparer.Ordinal);
    private readonly Queue<Action> _untied = new();

    public SchemaCompiler(JsonElement schema)
    {
        _whole = schema;
        _references = new(schema, _byPointer, Read);
    }

    public SchemaNode Compile()
    {
        var root = Read(_whole, "", _references.Root);
        while (_untied.TryDequeue(out var tie))
        {
            tie();
        }

        return root;
    }

    private SchemaNode Read(JsonElement schema, string pointer, Resource resource)
    {
        if (_byPointer.Count >= MaxNodes || pointer.AsSpan().Count('/') > 2 * MaxDepth)
        {
            throw new SchemaException($"The schema has more than {MaxNodes} parts, or is nested more than {MaxDepth} deep. Simplify it.");
        }

        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return _byPointer[pointer] = new SchemaNode { Resource = resource, Always = schema.ValueKind == JsonValueKind.True };
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(pointer, "a schema has to be an object or a boolean");
        }

        if (schema.TryGetProperty("$id"u8, out var id))
        {
            resource = _references.Add(Text(id, pointer, "$id"), pointer, resource);
        }

        var node = new SchemaNode { Resource = resource };
        _byPointer[pointer] = node;
        _references.Name(node, pointer);
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!ReadAssertion(node, keyword, pointer) && !ReadObject(node, keyword, pointer) && !ReadArray(node, keyword, pointer))
            {
                ReadOther(node, keyword, pointer);
            }
        }

        node.Number = NumberRules(schema, pointer);
        node.TextLength = LengthRules(schema, "minLength", "maxLength", pointer);
        node.ItemCount = LengthRules(schema, "minItems", "maxItems", pointer);
        node.PropertyCount = LengthRules(schema, "minProperties", "maxProperties", pointer);
        node.ContainsCount = LengthRules(schema, "minContains", "maxContains", pointer, otherwise: 1);

        // A tuple as drafts before 2020-12 wrote it.
        if (schema.TryGetProperty("items"u8, out var items) && items.ValueKind == JsonValueKind.Array)
        {
            node.PrefixItems = Many(items, $"{pointer}/items", resource);
            node.Items = schema.TryGetProperty("additionalItems"u8, out var rest) ? Read(rest, $"{pointer}/additionalItems", resource) : null;
        }

        return node;
    }

    private static bool ReadAssertion(SchemaNode node, JsonProperty keyword, string pointer)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "type":
                node.Types = value.ValueKind == JsonValueKind.Array
                    ? value.EnumerateArray().Aggregate((JsonTypes)0, (types, type) => types | TypeOf(type, pointer))
                    : TypeOf(value, pointer);
                return true;
            case "enum" when value.ValueKind == JsonValueKind.Array:
                node.Enum = [.. value.EnumerateArray()];
                return true;
            case "const":
                node.Const = value;
                return true;
            case "pattern":
                node.PatternText = Text(value, pointer, "pattern");
                node.Pattern = Pattern(node.PatternText, pointer);
                return true;
            case "required" when value.ValueKind == JsonValueKind.Array:
                node.Required = Texts(value, pointer);
                return true;
            case "uniqueItems":
                node.UniqueItems = value.ValueKind == JsonValueKind.True;
                return true;
            case "description" when value.ValueKind == JsonValueKind.String:
                node.Description = ForeignText.Line(value.GetString(), 160);
                return true;
            default:
                return false;
        }
    }

    private bool ReadObject(SchemaNode node, JsonProperty keyword, string pointer)
    {
        var (value, at) = (keyword.Value, Below(pointer, keyword.Name));
        switch (keyword.Name)
        {
            case "properties":
                node.Properties = Named(value, at, node.Resource).ToDictionary(entry => entry.Name, entry => entry.Schema, StringComparer.Ordinal);
                return true;
            case "patternProperties":
                node.PatternProperties = [.. Named(value, at, node.Resource).Select(entry => (Pattern(entry.Name, pointer), entry.Schema))];
                return true;
            case "additionalProperties":
                node.AdditionalProperties = Read(value, at, node.Resource);
                return true;
            case "unevaluatedProperties":
                node.UnevaluatedProperties = Read(value, at, node.Resource);
                return true;
            case "propertyNames":
                node.PropertyNames = Read(value, at, node.Resource);
                return true;
            case "dependentSchemas":
                node.DependentSchemas = [.. Named(value, at, node.Resource)];
                return true;
            case "dependentRequired":
                node.DependentRequired = [.. Members(value, pointer).Select(member => (member.Name, Texts(member.Value, pointer)))];
                return true;

            // Both in one, as drafts before 2019-09 wrote them.
            case "dependencies":
                var members = Members(value, pointer).ToLookup(member => member.Value.ValueKind == JsonValueKind.Array);
                node.DependentRequired = [.. node.DependentRequired, .. members[true].Select(member => (member.Name, Texts(member.Value, pointer)))];
                node.DependentSchemas = [.. node.DependentSchemas, .. members[false].Select(member => (member.Name, Read(member.Value, Below(at, member.Name), node.Resource)))];
                return true;
            default:
                return false;
        }
    }

    private bool ReadArray(SchemaNode node, JsonProperty keyword, string pointer)
    {
        var (value, at) = (keyword.Value, Below(pointer, keyword.Name));
        switch (keyword.Name)
        {
            case "prefixItems":
                node.PrefixItems = Many(value, at, node.Resource);
                return true;
            case "items" when value.ValueKind != JsonValueKind.Array:
                node.Items = Read(value, at, node.Resource);
                return true;
            case "contains":
                node.Contains = Read(value, at, node.Resource);
                return true;
            case "unevaluatedItems":
                node.UnevaluatedItems = Read(value, at, node.Resource);
                return true;
            default:
                return false;
        }
    }

    private void ReadOther(SchemaNode node, JsonProperty keyword, string pointer)
    {
        var (value, at) = (keyword.Value, Below(pointer, keyword.Name));
        switch (keyword.Name)
        {
            case "allOf":
                node.AllOf = Many(value, at, node.Resource);
                break;
            case "anyOf":
                node.AnyOf = Many(value, at, node.Resource);
                break;
            case "oneOf":
                node.OneOf = Many(value, at, node.Resource);
                break;
            case "not":
                node.Not = Read(value, at, node.Resource);
                break;
            case "if":
                node.If = Read(value, at, node.Resource);
                break;
            case "then":
                node.Then = Read(value, at, node.Resource);
                break;
            case "else":
                node.Else = Read(value, at, node.Resource);
                break;
            case "$defs" or "definitions" when value.ValueKind == JsonValueKind.Object:
                _ = Named(value, at, node.Resource).ToArray();
                break;
            case "$anchor":
                node.Resource.Anchors[Text(value, pointer, "$anchor")] = node;
                break;
            case "$dynamicAnchor":
                node.Resource.Anchors[Text(value, pointer, "$dynamicAnchor")] = node;
                node.Resource.DynamicAnchors[Text(value, pointer, "$dynamicAnchor")] = node;
                break;
            case "$ref":
                var reference = Text(value, pointer, "$ref");
                _untied.Enqueue(() => node.Ref = _references.Resolve(reference, node.Resource, pointer));
                break;
            case "$dynamicRef":
                var dynamic = Text(value, pointer, "$dynamicRef");
                _untied.Enqueue(() => Tie(node, dynamic, pointer));
                break;
        }
    }

    private void Tie(SchemaNode node, string reference, string pointer)
    {
        node.DynamicRef = _references.Resolve(reference, node.Resource, pointer);
        var name = reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..];
        node.DynamicName = node.DynamicRef.Resource.DynamicAnchors.TryGetValue(name, out var anchored) && ReferenceEquals(anchored, node.DynamicRef) ? name : null;
    }

    private SchemaNode[] Many(JsonElement schemas, string pointer, Resource resource) => schemas.ValueKind == JsonValueKind.Array
        ? [.. schemas.EnumerateArray().Select((schema, index) => Read(schema, $"{pointer}/{index}", resource))]
        : throw Wrong(pointer, "it has to be an array of schemas");

    private IEnumerable<(string Name, SchemaNode Schema)> Named(JsonElement schemas, string pointer, Resource resource) =>
        Members(schemas, pointer).Select(member => (member.Name, Read(member.Value, Below(pointer, member.Name), resource)));

    private static JsonElement.ObjectEnumerator Members(JsonElement value, string pointer) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw Wrong(pointer, "it has to be an object");

    private static System.Text.RegularExpressions.Regex Pattern(string pattern, string pointer)
    {
        try
        {
            return EcmaPattern.Compile(pattern);
        }
        catch (ArgumentException e)
        {
            throw Wrong(pointer, $"the pattern '{ForeignText.Line(pattern, 80)}' is no regular expression that is known here ({ForeignText.Line(e.Message, 120)})");
        }
    }

    private static NumberRules? NumberRules(JsonElement schema, string pointer)
    {
        JsonElement? Bound(string name) => !schema.TryGetProperty(name, out var bound) ? null : bound.ValueKind == JsonValueKind.Number ? bound : throw Wrong(pointer, $"{name} has to be a number");
        var rules = new NumberRules(Bound("minimum"), Bound("exclusiveMinimum"), Bound("maximum"), Bound("exclusiveMaximum"), Bound("multipleOf"));
        return rules is (null, null, null, null, null) ? null : rules;
    }

    private static LengthRules? LengthRules(JsonElement schema, string least, string most, string pointer, int otherwise = 0)
    {
        int? Count(string name) => !schema.TryGetProperty(name, out var count) ? null
            : count.ValueKind == JsonValueKind.Number && JsonNumbers.IsInteger(count) && count.GetDouble() >= 0 ? (int)Math.Min(count.GetDouble(), int.MaxValue)
            : throw Wrong(pointer, $"{name} has to be a whole number from 0");
        var (from, to) = (Count(least), Count(most));
        return from is null && to is null ? null : new(from ?? otherwise, to);
    }

    private static JsonTypes TypeOf(JsonElement type, string pointer) => (type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
    {
        "null" => JsonTypes.Null,
        "boolean" => JsonTypes.Boolean,
        "integer" => JsonTypes.Integer,
        "number" => JsonTypes.Number | JsonTypes.Integer,
        "string" => JsonTypes.String,
        "array" => JsonTypes.Array,
        "object" => JsonTypes.Object,
        _ => throw Wrong(pointer, "type has to be null, boolean, integer, number, string, array or object, or several of them"),
    };

    private static string[] Texts(JsonElement value, string pointer) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(item => Text(item, pointer, "a name"))]
        : throw Wrong(pointer, "names have to stand in an array");

    private static string Text(JsonElement value, string pointer, string what) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(pointer, $"{what} has to be a string");

    public static string Below(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static SchemaException Wrong(string pointer, string what) => new($"The schema is wrong at '{ForeignText.Line(pointer, 200)}': {what}.");
}
