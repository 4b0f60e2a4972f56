using System.Text.Json;
using CentralOps.Gateway.Storage;

namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>Keeps embeddings in the gateway's database: every replica finds what one has computed.</summary>
public sealed class StoredEmbeddings(IStore store) : IEmbeddingStore
{
    private const string Kind = "embedding";

    public async ValueTask<float[]?> FindAsync(EmbeddingKey key, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(Kind, key.Id, cancellationToken) is not { } document)
        {
            return null;
        }

        // What cannot be read is as good as not kept: it is computed again.
        try
        {
            var reader = new Utf8JsonReader(document.Body.Span);
            return reader.Read() && reader.TokenType == JsonTokenType.String ? EmbeddingBytes.Read(reader.GetBytesFromBase64()) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    public async ValueTask KeepAsync(EmbeddingKey key, float[] vector, CancellationToken cancellationToken)
    {
        var body = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteBase64StringValue(EmbeddingBytes.Write(vector));
        }

        // Taken: another replica was first, with the same.
        _ = await store.WriteAsync([new StoreWrite.Insert(Kind, key.Id, Parent: "", Name: null, body.WrittenMemory)], cancellationToken);
    }
}
