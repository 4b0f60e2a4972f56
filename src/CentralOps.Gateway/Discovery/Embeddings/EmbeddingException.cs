namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>A model did not embed what it was given. The message is shaped and names no text that was embedded.</summary>
public sealed class EmbeddingException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the text itself was refused, so that trying again is of no use.</summary>
    public bool IsOfText { get; init; }
}
