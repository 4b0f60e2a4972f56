using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>Values of a Smithy JSON AST. What is of another kind than the specification says is refused with the place where it stands.</summary>
internal static class AstNode
{
    public static JsonObject Object(JsonNode? node, string where) =>
        node as JsonObject ?? throw new FormatException($"{where} is not an object.");

    public static JsonArray Array(JsonNode? node, string where) =>
        node as JsonArray ?? throw new FormatException($"{where} is not a list.");

    public static string Text(JsonNode? node, string where) =>
        TryText(node) ?? throw new FormatException($"{where} is not a string.");

    public static string? TryText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static int? TryNumber(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    public static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>A field of what may be an object or something else.</summary>
    public static JsonNode? Field(JsonNode? node, string name) => (node as JsonObject)?[name];

    /// <summary>The shape id in <c>{"target": id}</c>.</summary>
    public static string Target(JsonNode? node, string where) => Text(Object(node, where)["target"], where + "'s target");

    /// <summary>The shape ids in a list of references; none when the list is not there.</summary>
    public static IEnumerable<string> Targets(JsonObject shape, string list, string where) =>
        shape[list] is null ? [] : Array(shape[list], $"{where}'s {list}").Select(reference => Target(reference, $"{where}'s {list}"));
}
