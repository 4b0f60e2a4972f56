using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CentralOps.Conformance.Fixture;

/// <summary>The resources and the template that the suite reads.</summary>
internal static partial class Resources
{
    public const string Watched = "test://watched-resource";

    public static JsonObject List() => Parse(
        """
        {"resources":[
          {"uri":"test://static-text","name":"static-text","description":"A text that never changes.","mimeType":"text/plain"},
          {"uri":"test://static-binary","name":"static-binary","description":"One red pixel.","mimeType":"image/png"},
          {"uri":"test://watched-resource","name":"watched-resource","description":"A text to subscribe to.","mimeType":"text/plain"}]}
        """);

    public static JsonObject Templates() => Parse(
        """
        {"resourceTemplates":[
          {"uriTemplate":"test://template/{id}/data","name":"template","description":"Data of an id.","mimeType":"application/json"}]}
        """);

    /// <returns>Null where there is no such resource.</returns>
    public static JsonObject? Read(string uri) => uri switch
    {
        "test://static-text" => Contents(uri, "text/plain", "text", "This is the content of the static text resource."),
        "test://static-binary" => Contents(uri, "image/png", "blob", Content.Png),
        Watched => Contents(uri, "text/plain", "text", "This is the content of the watched resource."),
        _ when DataOfId().Match(uri) is { Success: true } match => Contents(
            uri, "application/json", "text", $$"""{"id":"{{match.Groups[1].Value}}","templateTest":true,"data":"Data for ID: {{match.Groups[1].Value}}"}"""),
        _ => null,
    };

    private static JsonObject Contents(string uri, string mimeType, string member, string value) =>
        new() { ["contents"] = new JsonArray(new JsonObject { ["uri"] = uri, ["mimeType"] = mimeType, [member] = value }) };

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    [GeneratedRegex("^test://template/([A-Za-z0-9_-]{1,64})/data$")]
    private static partial Regex DataOfId();
}
