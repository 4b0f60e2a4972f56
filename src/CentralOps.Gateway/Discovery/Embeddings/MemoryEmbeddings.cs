namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>Keeps embeddings for the life of a process; of too many, the first ones go.</summary>
/// <param name="most">1,024 dimensions take 4 KB.</param>
public sealed class MemoryEmbeddings(int most = 20_000) : IEmbeddingStore
{
    private readonly Lock _turn = new();
    private readonly OrderedDictionary<EmbeddingKey, float[]> _kept = [];

    public ValueTask<float[]?> FindAsync(EmbeddingKey key, CancellationToken cancellationToken)
    {
        lock (_turn)
        {
            return new(_kept.GetValueOrDefault(key));
        }
    }

    public ValueTask KeepAsync(EmbeddingKey key, float[] vector, CancellationToken cancellationToken)
    {
        lock (_turn)
        {
            _kept[key] = vector;
            if (_kept.Count > most)
            {
                _kept.RemoveAt(0);
            }
        }

        return ValueTask.CompletedTask;
    }
}
