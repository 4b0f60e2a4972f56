namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>Where embeddings are kept, so that only what changed is computed again. Safe for concurrent use by many replicas.</summary>
public interface IEmbeddingStore
{
    /// <returns>Null where it is not kept.</returns>
    ValueTask<float[]?> FindAsync(EmbeddingKey key, CancellationToken cancellationToken);

    /// <summary>Keeping what is kept already changes nothing.</summary>
    ValueTask KeepAsync(EmbeddingKey key, float[] vector, CancellationToken cancellationToken);
}
