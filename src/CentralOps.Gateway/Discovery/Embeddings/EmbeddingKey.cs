using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>Which model's embedding of which text. Whoever changes either has another key: nothing is ever stale.</summary>
/// <param name="Model">As its owner names it, dimensions included.</param>
/// <param name="Content">SHA-256 of the text, in hexadecimal.</param>
public readonly record struct EmbeddingKey(string Model, string Content)
{
    public static EmbeddingKey Of(string model, string text) => new(model, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    /// <summary>One name for both, of letters and digits, 64 long.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Model}\n{Content}")));
}

/// <summary>Embeddings as bytes: 4 a dimension, little-endian.</summary>
internal static class EmbeddingBytes
{
    public static byte[] Write(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return bytes;
    }

    public static float[]? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % sizeof(float) != 0)
        {
            return null;
        }

        var vector = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return vector;
    }
}
