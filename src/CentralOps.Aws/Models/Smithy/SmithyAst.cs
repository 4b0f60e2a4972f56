using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>The shapes of a Smithy 2.0 JSON AST, with <c>apply</c> done: https://smithy.io/2.0/spec/json-ast.html</summary>
internal sealed class SmithyAst
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly JsonObject _shapes;
    private readonly Mixins _mixins;
    private readonly Dictionary<string, List<(string Member, JsonObject Traits)>> _applied = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _resolved = new(StringComparer.Ordinal);

    private SmithyAst(JsonObject shapes)
    {
        _shapes = shapes;
        _mixins = new(this);
        Apply();
    }

    /// <summary>Ids of the services in the model, but for those that are only taken in by others.</summary>
    public IEnumerable<string> Services => _shapes
        .Where(shape => AstNode.TryText(AstNode.Field(shape.Value, "type")) is "service" && !Traits.Of((JsonObject)shape.Value!, shape.Key).Has(Mixins.Mixin))
        .Select(shape => shape.Key);

    public static SmithyAst Parse(ReadOnlySpan<byte> json)
    {
        JsonNode? parsed;
        try
        {
            parsed = JsonNode.Parse(json, documentOptions: Strict);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The Smithy model is not valid JSON, or deeper than JSON may be, at byte {exception.BytePositionInLine} of line {exception.LineNumber + 1}.", exception);
        }

        var model = AstNode.Object(parsed, "The Smithy model");
        var version = AstNode.Text(model["smithy"], "The Smithy model's version (member 'smithy')");
        return version is "2" or "2.0"
            ? new(AstNode.Object(model["shapes"] ?? new JsonObject(), "The Smithy model's shapes"))
            : throw new FormatException($"The Smithy model has version '{version}'. Only 2.0 is read.");
    }

    /// <summary>A shape with its mixins' members and traits. Not to be changed.</summary>
    /// <param name="from">Who refers to it, for the refusal when it is not there.</param>
    public JsonObject Shape(string id, string from)
    {
        if (_resolved.TryGetValue(id, out var known))
        {
            return known;
        }

        var shape = Prelude.Find(id) ?? _mixins.Resolve(id, Raw(id, from));
        ApplyToMembers(id, shape);
        _resolved.Add(id, shape);
        return shape;
    }

    /// <summary>A shape as it is written.</summary>
    public JsonObject Raw(string id, string from) => _shapes[id] is { } shape
        ? AstNode.Object(shape, id)
        : throw new FormatException($"{from} refers to {id}, which the model does not have.");

    // In an AST a shape's own traits stand with it; what is applied is for members, which wait until the mixins have brought them all.
    private void Apply()
    {
        foreach (var (id, statement) in _shapes.ToList())
        {
            if (AstNode.TryText(AstNode.Field(statement, "type")) is not "apply")
            {
                continue;
            }

            var traits = AstNode.Object(statement!["traits"] ?? new JsonObject(), $"The traits applied to {id}");
            var (shape, member) = ShapeId.Split(id);
            if (member is null || _shapes[shape] is null)
            {
                throw new FormatException($"Traits are applied to {id}, which the model does not have.");
            }

            if (!_applied.TryGetValue(shape, out var applied))
            {
                _applied.Add(shape, applied = []);
            }

            applied.Add((member, traits));
            _shapes.Remove(id);
        }
    }

    private void ApplyToMembers(string id, JsonObject shape)
    {
        foreach (var (name, traits) in _applied.GetValueOrDefault(id, []))
        {
            var member = MemberOf(shape, name) ?? throw new FormatException($"Traits are applied to {id}${name}, which the model does not have.");
            Mixins.AddTraits(member, traits);
        }
    }

    private static JsonObject? MemberOf(JsonObject shape, string name) =>
        (AstNode.Field(shape["members"], name) ?? (name is "member" or "key" or "value" ? shape[name] : null)) as JsonObject;
}
