using System.Text.Json.Serialization;

namespace CentralOps.Gateway.Discovery.Embeddings;

internal sealed record TitanInput(string ModelId, string ContentType, string Accept);

internal sealed record TitanRequest(string InputText, int Dimensions, bool Normalize);

internal sealed record TitanAnswer(float[]? Embedding);

internal sealed record OpenAIRequest(string Model, string[] Input, int? Dimensions, [property: JsonPropertyName("encoding_format")] string EncodingFormat);

internal sealed record OpenAIAnswer(OpenAIEmbedding[]? Data);

internal sealed record OpenAIEmbedding(int? Index, float[]? Embedding);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TitanInput))]
[JsonSerializable(typeof(TitanRequest))]
[JsonSerializable(typeof(TitanAnswer))]
[JsonSerializable(typeof(OpenAIRequest))]
[JsonSerializable(typeof(OpenAIAnswer))]
internal sealed partial class EmbeddingJson : JsonSerializerContext;
