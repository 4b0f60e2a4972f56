using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Smithy;

/// <summary>The traits of one shape or member. Names without a namespace are <c>smithy.api</c>'s.</summary>
internal readonly struct Traits(JsonObject? traits, string where)
{
    private readonly JsonObject? _traits = traits;

    public static Traits Of(JsonObject owner, string where) =>
        new(owner["traits"] is null ? null : AstNode.Object(owner["traits"], where + "'s traits"), where);

    public bool Has(string name) => _traits is not null && _traits.ContainsKey(Full(name));

    public JsonNode? Find(string name) => _traits?[Full(name)];

    /// <summary>A trait whose value is a string.</summary>
    public string? Text(string name) => Has(name) ? AstNode.Text(Find(name), $"{where}'s trait {name}") : null;

    /// <summary>A trait whose value is an object.</summary>
    public JsonObject? Fields(string name) => Has(name) ? AstNode.Object(Find(name), $"{where}'s trait {name}") : null;

    private static string Full(string name) => name.Contains('#', StringComparison.Ordinal) ? name : "smithy.api#" + name;
}
