namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>Keeps embeddings for the life of a process; of too many, the first ones go.</summary>
/// <param name="most">1,024 dimensions take 4 KB.</param>
public sealed class MemoryEmbeddings(int most = 20_000) : IEmbeddingStore
{
    private readonly Lock _turn = new();
    private readonly OrderedDictionary<EmbeddingKey, ReadOnlyMemory<float>> _kept = [];

    public ValueTask<ReadOnlyMemory<float>?> FindAsync(EmbeddingKey key, CancellationToken cancellationToken)
    {
        lock (_turn)
        {
            return new(_kept.TryGetValue(key, out var vector) ? vector : null);
        }
    }

    public ValueTask KeepAsync(EmbeddingKey key, ReadOnlyMemory<float> vector, CancellationToken cancellationToken)
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
