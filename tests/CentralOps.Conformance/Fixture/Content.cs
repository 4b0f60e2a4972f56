using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture;

/// <summary>Content blocks as tools and prompts send them.</summary>
internal static class Content
{
    /// <summary>One red pixel.</summary>
    public const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    /// <summary>Nothing to hear: a head and no samples.</summary>
    private const string Wav = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=";

    public static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };

    public static JsonObject Image() => new() { ["type"] = "image", ["data"] = Png, ["mimeType"] = "image/png" };

    public static JsonObject Audio() => new() { ["type"] = "audio", ["data"] = Wav, ["mimeType"] = "audio/wav" };

    public static JsonObject Resource(string uri, string mimeType, string text) =>
        new() { ["type"] = "resource", ["resource"] = new JsonObject { ["uri"] = uri, ["mimeType"] = mimeType, ["text"] = text } };

    /// <summary>A tool's answer.</summary>
    public static Outcome Of(params JsonNode[] blocks) => new Outcome.Answered(new() { ["content"] = new JsonArray(blocks) });

    public static Outcome Error(string text) => new Outcome.Answered(ErrorResult(text));

    public static JsonObject ErrorResult(string text) => new() { ["content"] = new JsonArray(Text(text)), ["isError"] = true };
}
