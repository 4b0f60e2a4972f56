using Microsoft.Extensions.AI;

namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>Search by meaning: where embeddings come from. A gateway starts, and searches by words, whether or not they come.</summary>
public sealed record EmbeddingOptions
{
    public required IEmbeddingGenerator<string, Embedding<float>> Generator { get; init; }

    /// <summary>Names the model and its dimensions; embeddings that are kept under another name are never compared with these.</summary>
    public required string Model { get; init; }

    public IEmbeddingStore Store { get; init; } = new MemoryEmbeddings();

    /// <summary>Texts in one request, 1 to 256.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>How long a search waits for its query's embedding before its words alone are the answer; 10 ms to 10 s.</summary>
    public TimeSpan QueryDeadline { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long one batch may take; 1 second to 10 minutes.</summary>
    public TimeSpan BatchDeadline { get; init; } = TimeSpan.FromSeconds(30);
}
