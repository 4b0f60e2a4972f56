using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Models.Catalogue;

namespace CentralOps.Models.Overlay;

/// <summary>
/// Makes the overlay: what npm <c>aws-sdk</c>'s minified descriptions lack of botocore's. One line a service, its id, a tab and one JSON object:
/// its name, merge patches for <c>metadata</c>, <c>operations</c> and <c>shapes</c>, and the errors.
/// </summary>
public static class OverlaySources
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Generate(BotocoreData botocore, NpmCatalogue npm)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in botocore.Services())
        {
            names.TryAdd(new Description(service, botocore.Service(service)).ServiceId, service);
        }

        var lines = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in npm.Names())
        {
            var minified = npm.Open(name);
            if (names.TryGetValue(minified.ServiceId, out var service)
                && new Description(service, botocore.Service(service)) is var current
                && (string)current.Metadata["apiVersion"]! == (string)minified.Metadata["apiVersion"]!)
            {
                lines.Add(minified.ServiceId, Line(service, Overlay(minified.Model, current.Model)));
            }
        }

        return $"# botocore {botocore.Version} over aws-sdk {npm.Version}\n{string.Concat(lines.Select(line => $"{line.Key}\t{line.Value}\n"))}";
    }

    public static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize))
        {
            brotli.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static JsonObject Overlay(JsonObject minified, JsonObject current)
    {
        var aligned = (JsonObject)minified.DeepClone();
        var inline = new InlineWriter(current);
        new Alignment(aligned, current, inline).Align();
        var overlay = MergePatchDiff.Between(minified, aligned) ?? [];
        ErrorList.Add(overlay, minified, current, inline);
        foreach (var (name, shape) in inline.Named)
        {
            var shapes = overlay["shapes"] as JsonObject ?? (JsonObject)(overlay["shapes"] = new JsonObject());
            shapes.Add(name, shape);
        }

        return overlay;
    }

    private static string Line(string service, JsonObject overlay)
    {
        overlay.Insert(0, "name", service);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Plain))
        {
            overlay.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
