using System.Text.Json.Nodes;

namespace CentralOps.Models.Shared;

/// <summary>How operations page, where no description of it is at hand: by <c>nextToken</c> in and out, and the one list of the answer.</summary>
public static class TokenPages
{
    private const string Token = "nextToken";
    private const string Limit = "maxResults";

    public static JsonObject Of(JsonObject description, IReadOnlyList<string> operations)
    {
        var pages = new JsonObject();
        foreach (var name in operations)
        {
            var operation = description["operations"]![name]!;
            var (input, output) = (Members(description, operation["input"]), Members(description, operation["output"]));
            if (input?[Token] is null || output?[Token] is null)
            {
                continue;
            }

            var list = output.Single(member => string.Equals(TypeOf(description, member.Value!), "list", StringComparison.Ordinal)).Key;
            pages.Add(name, new JsonObject { ["input_token"] = Token, ["output_token"] = Token, ["limit_key"] = input[Limit] is null ? null : Limit, ["result_key"] = list });
        }

        return pages;
    }

    private static JsonObject? Members(JsonObject description, JsonNode? reference) =>
        reference is null ? null : description["shapes"]![(string)reference["shape"]!]!["members"] as JsonObject;

    private static string? TypeOf(JsonObject description, JsonNode reference) => (string?)description["shapes"]![(string)reference["shape"]!]!["type"];
}
