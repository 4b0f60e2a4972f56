using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>All operations of a service: its own, and those of its resources and theirs.</summary>
internal static class OperationClosure
{
    private static readonly string[] Lifecycle = ["create", "put", "read", "update", "delete", "list"];

    public static IReadOnlyList<string> Of(SmithyAst ast, string id, JsonObject service)
    {
        var operations = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<(string Id, JsonObject Shape)>([(id, service)]);
        while (open.TryDequeue(out var next))
        {
            var bound = AstNode.Targets(next.Shape, "operations", next.Id)
                .Concat(AstNode.Targets(next.Shape, "collectionOperations", next.Id))
                .Concat(Lifecycle.Where(next.Shape.ContainsKey).Select(stage => AstNode.Target(next.Shape[stage], $"{next.Id}'s {stage}")));
            operations.AddRange(bound.Where(seen.Add));
            foreach (var resource in AstNode.Targets(next.Shape, "resources", next.Id).Where(seen.Add))
            {
                open.Enqueue((resource, Typed(ast.Shape(resource, next.Id), "resource", resource)));
            }
        }

        return operations;
    }

    public static JsonObject Typed(JsonObject shape, string type, string id) => string.Equals(AstNode.TryText(shape["type"]), type, StringComparison.Ordinal)
        ? shape
        : throw new FormatException($"{id} stands where the type {type} is needed, and has the type {AstNode.TryText(shape["type"]) ?? "none"}.");
}
