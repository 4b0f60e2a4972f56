using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using Microsoft.Extensions.AI;

namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>
/// Amazon Titan Text Embeddings V2 through Bedrock's InvokeModel (Bedrock User Guide, "Amazon Titan Embeddings Text"). The model takes one text a
/// call; a few calls run side by side.
/// </summary>
/// <param name="dimensions">256, 512 or 1,024.</param>
public sealed class TitanEmbeddings(AwsClient aws, Func<CancellationToken, ValueTask<AwsCredentials>> credentials, string region, int dimensions = 512)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    public const string ModelId = "amazon.titan-embed-text-v2:0";

    private const int MaxAtOnce = 4;

    private static readonly OperationModel Invoke = ModelLibrary.Operation("bedrock-runtime", "InvokeModel");
    private static readonly byte[] Input = JsonSerializer.SerializeToUtf8Bytes(
        new TitanInput(ModelId, "application/json", "application/json"), EmbeddingJson.Default.TitanInput);

    /// <summary>What <see cref="EmbeddingOptions.Model"/> should say.</summary>
    public string Model => $"{ModelId}/{dimensions}";

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToArray();
        var made = new Embedding<float>[texts.Length];
        var sideBySide = new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, texts.Length, sideBySide, async (i, token) => made[i] = await EmbedAsync(texts[i], token));
        return new(made);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The client is its owner's.
    }

    private async Task<Embedding<float>> EmbedAsync(string text, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new TitanRequest(text, dimensions, Normalize: true), EmbeddingJson.Default.TitanRequest);
        var transcription = new Transcription(new ArrayBufferWriter<byte>());
        var call = new AwsCall(Invoke, new AwsInput(Input, body), region, await credentials(cancellationToken));
        var answer = await aws.CallAsync(call, transcription, cancellationToken);
        if (answer.Failure is { } failure)
        {
            throw new EmbeddingException($"Bedrock refused to invoke {ModelId}: {Printable.Text(failure.Code, 64)}: {Printable.Text(failure.Message, 200)}")
            {
                IsOfText = failure.Kind == FailureKind.Validation,
            };
        }

        var vector = Read(transcription.Blob.Span);
        return vector.Length == dimensions
            ? new Embedding<float>(vector) { ModelId = ModelId }
            : throw new EmbeddingException($"{ModelId} answered with {vector.Length} dimensions where {dimensions} were asked for.");
    }

    private static float[] Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EmbeddingJson.Default.TitanAnswer)?.Embedding ?? [];
        }
        catch (JsonException)
        {
            throw new EmbeddingException($"{ModelId} answered with something that is not its JSON.");
        }
    }
}
