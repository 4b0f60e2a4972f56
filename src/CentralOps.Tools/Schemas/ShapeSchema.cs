using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Tools.Schemas;

/// <summary>JSON Schemas of what AWS answers, from AWS's own model: a field cannot be declared otherwise than it is read.</summary>
internal static class ShapeSchema
{
    /// <summary>Deeper than any resource is read; a shape that leads back to itself is left open there.</summary>
    private const int MaxDepth = 8;

    /// <summary>The schema of one field, found in the first of these shapes that has it.</summary>
    /// <exception cref="ArgumentException">None has it.</exception>
    public static JsonObject Of(Field field, IReadOnlyList<Shape> items, string? description)
    {
        var shape = items.Select(item => Follow(item, field.Path)).FirstOrDefault(static found => found is not null)
            ?? throw new ArgumentException($"The field {field.Name} is in none of {string.Join(", ", items)}.", nameof(field));
        var schema = field.Kind switch
        {
            FieldKind.TagMap => AnswerSchema.Map(AnswerSchema.Text()),
            FieldKind.MapNames => AnswerSchema.List(AnswerSchema.Text()),
            _ => AnswerSchema.Nullable(Of(shape, 0)),
        };
        if (description is not null)
        {
            schema.Insert(0, "description", description);
        }

        return schema;
    }

    /// <summary>The element of the list to which member names lead, through structures and lists, or the structure itself.</summary>
    public static Shape ItemOf(OperationModel operation, IReadOnlyList<string> path)
    {
        var shape = operation.Output ?? throw new ArgumentException($"{operation} answers nothing.", nameof(operation));
        foreach (var name in path)
        {
            var member = shape.FindMember(name) ?? throw new ArgumentException($"{operation} answers no {name}.", nameof(path));
            shape = member.Shape.Kind == ShapeKind.List ? member.Shape.Element!.Shape : member.Shape;
        }

        return shape;
    }

    private static Shape? Follow(Shape shape, IReadOnlyList<string> path)
    {
        Shape? at = shape;
        foreach (var name in path)
        {
            at = at?.FindMember(name)?.Shape;
        }

        return at;
    }

    private static JsonObject Of(Shape shape, int depth) => shape.Kind switch
    {
        ShapeKind.Boolean => AnswerSchema.Flag(),
        ShapeKind.Integer or ShapeKind.Long or ShapeKind.BigInteger => AnswerSchema.Integer(),
        ShapeKind.Float or ShapeKind.Double or ShapeKind.BigDecimal => new JsonObject { ["type"] = "number" },
        ShapeKind.List when depth < MaxDepth => AnswerSchema.List(Of(shape.Element!.Shape, depth + 1)),
        ShapeKind.Map when depth < MaxDepth => AnswerSchema.Map(Of(shape.Value!.Shape, depth + 1)),
        ShapeKind.List => new JsonObject { ["type"] = "array" },
        ShapeKind.Structure when depth < MaxDepth => Structure(shape, depth),
        ShapeKind.Structure or ShapeKind.Map or ShapeKind.Document => new JsonObject { ["type"] = "object" },
        _ => AnswerSchema.Text(),
    };

    private static JsonObject Structure(Shape shape, int depth)
    {
        var properties = new JsonObject();
        foreach (var member in shape.Members)
        {
            properties[member.Name] = Of(member.Shape, depth + 1);
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }
}
