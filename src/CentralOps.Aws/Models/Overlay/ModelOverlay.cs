using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Aws.Models.Overlay;

/// <summary>
/// What the minified descriptions of npm <c>aws-sdk</c> lack: errors with their code and HTTP status, every protocol that a service answers by now, and
/// what AWS has changed since. One generated file over all of that catalogue, unpacked when the first description is opened and not before.
/// </summary>
public static class ModelOverlay
{
    private const string Resource = "Models/Overlay/overlay.br";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly Lazy<byte[]> Text = new(Unpack);

    /// <summary>Opens a minified description with its overlay; one that the overlay does not know is opened as it is.</summary>
    /// <param name="json">As in <c>apis/*.min.json</c> of npm <c>aws-sdk</c>.</param>
    /// <param name="name">See <see cref="ServiceModel.Name"/>; null for the one that the overlay knows.</param>
    /// <exception cref="FormatException">The bytes are not such a description.</exception>
    public static ServiceModel Read(ReadOnlyMemory<byte> json, string? name = null)
    {
        var description = Parse(json);
        if (description["metadata"] is not JsonObject metadata
            || (StringOf(metadata["serviceId"]) ?? StringOf(metadata["serviceFullName"])) is not { } service
            || Find(service) is not { } overlay)
        {
            return ServiceModel.Read(json, name);
        }

        name ??= StringOf(overlay["name"]);
        overlay.Remove("name");
        SpreadErrors(overlay);
        MergePatch.Apply(description, overlay);
        using var bytes = new MemoryStream(json.Length * 5 / 4);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            description.WriteTo(writer);
        }

        return ServiceModel.Read(bytes.ToArray(), name);
    }

    private static JsonObject Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonNode.Parse(json.Span, documentOptions: Strict) as JsonObject ?? throw new FormatException("The model is not a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The model is not valid JSON at byte {exception.BytePositionInLine} of line {exception.LineNumber + 1}.", exception);
        }
    }

    private static JsonObject? Find(string service)
    {
        var text = Text.Value.AsSpan();
        var start = text.IndexOf(Encoding.UTF8.GetBytes($"\n{service}\t"));
        if (start < 0)
        {
            return null;
        }

        var line = text[(start + Encoding.UTF8.GetByteCount(service) + 2)..];
        return JsonNode.Parse(line[..line.IndexOf((byte)'\n')])!.AsObject();
    }

    // An error stands once in the file, and who throws it by its place there.
    private static void SpreadErrors(JsonObject overlay)
    {
        if (overlay["errors"] is not JsonObject errors || overlay["throws"] is not JsonObject throws)
        {
            return;
        }

        var operations = ObjectOf(overlay, "operations");
        var names = errors.Select(error => error.Key).ToArray();
        foreach (var (places, who) in throws)
        {
            var thrown = places.Split(' ').Select(place => names[int.Parse(place, provider: null)]).ToArray();
            foreach (var operation in ((string)who!).Split(' '))
            {
                ObjectOf(operations, operation)["errors"] = new JsonArray([.. thrown.Select(error => new JsonObject { ["shape"] = error })]);
            }
        }

        overlay.Remove("errors");
        overlay.Remove("throws");
        var shapes = ObjectOf(overlay, "shapes");
        foreach (var (error, shape) in errors)
        {
            shapes[error] = shape?.DeepClone();
        }
    }

    private static JsonObject ObjectOf(JsonObject parent, string name) => parent[name] as JsonObject ?? (JsonObject)(parent[name] = new JsonObject());

    private static string? StringOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static byte[] Unpack()
    {
        using var resource = typeof(ModelOverlay).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly was built without {Resource}.");
        using var brotli = new BrotliStream(resource, CompressionMode.Decompress);
        using var text = new MemoryStream();
        brotli.CopyTo(text);
        return text.ToArray();
    }
}
