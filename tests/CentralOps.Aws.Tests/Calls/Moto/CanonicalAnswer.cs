using System.Globalization;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Calls.Moto;

/// <summary>Our answer in the form that <c>ask_with_boto3.py</c> gives boto3's: the model says what is a time and what a blob.</summary>
internal static class CanonicalAnswer
{
    /// <summary>moto makes it of the time at which it is asked.</summary>
    public const string Changing = "LatestRestorableTime";

    public static JsonNode Of(JsonNode answer, Shape? shape, ReadOnlyMemory<byte> blob)
    {
        var canonical = shape is null ? new JsonObject() : Walk(answer, shape)!;
        if (shape?.Payload is { } payload && shape.FindMember(payload)!.Shape.Kind == ShapeKind.Blob)
        {
            canonical[payload] = new JsonObject { ["$blob"] = Convert.ToBase64String(blob.Span) };
        }

        return canonical;
    }

    private static JsonNode? Walk(JsonNode? node, Shape shape) => (shape.Kind, node) switch
    {
        (_, null) => null,
        (ShapeKind.Structure, JsonObject structure) => new JsonObject(structure.Where(entry => entry.Key is not Changing).Select(entry => new KeyValuePair<string, JsonNode?>(entry.Key, Walk(entry.Value, shape.FindMember(entry.Key)!.Shape)))),
        (ShapeKind.Map, JsonObject map) => new JsonObject(map.Select(entry => new KeyValuePair<string, JsonNode?>(entry.Key, Walk(entry.Value, shape.Value!.Shape)))),
        (ShapeKind.List, JsonArray list) => new JsonArray([.. list.Select(element => Walk(element, shape.Element!.Shape))]),
        (ShapeKind.Timestamp, JsonValue time) => new JsonObject { ["$time"] = Milliseconds(time) },
        // boto3 opens IAM's policy documents, which AWS sends URL-encoded.
        (ShapeKind.String, JsonValue text) when shape.Name is "policyDocumentType" => JsonNode.Parse(Uri.UnescapeDataString(text.GetValue<string>())),
        (ShapeKind.Blob, JsonValue text) => new JsonObject { ["$blob"] = text.GetValue<string>() },
        _ => node.DeepClone(),
    };

    private static long Milliseconds(JsonValue time) => time.TryGetValue<string>(out var text)
        ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds()
        : (long)Math.Floor(time.GetValue<double>() * 1000);
}
