using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Control;

/// <summary>A document of the store, read. The body is for one operation alone, which may change it.</summary>
internal sealed record Resource(StoredDocument Document, JsonObject Body)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Id => Document.Id;

    public string? Find(string member) => (string?)Body[member];

    public string Status => Find("status") ?? "";

    public static Resource Of(StoredDocument document) => new(document, JsonNode.Parse(document.Body.Span)!.AsObject());

    public static byte[] Bytes(JsonNode body)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Plain))
        {
            body.WriteTo(writer);
        }

        return bytes.ToArray();
    }

    public StoreWrite Updated(JsonObject body, string? rename = null) =>
        new StoreWrite.Update(Document.Kind, Document.Id, Document.Version, Bytes(body), rename);

    public StoreWrite Deleted() => new StoreWrite.Delete(Document.Kind, Document.Id, Document.Version);

    /// <summary>It is still as it was read.</summary>
    public StoreWrite Unchanged() => new StoreWrite.Require(Document.Kind, Document.Id, Document.Version);
}
