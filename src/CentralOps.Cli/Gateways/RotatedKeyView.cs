using System.Text.Json.Serialization;

namespace CentralOps.Cli.Gateways;

/// <summary>What <c>centralops gateway rotate-key --output json</c> prints.</summary>
internal sealed record RotatedKeyView(
    [property: JsonPropertyName("key_id")] string KeyId,
    [property: JsonPropertyName("resealed")] int Resealed,
    [property: JsonPropertyName("retired")] IReadOnlyList<string> Retired,
    [property: JsonPropertyName("unopened")] IReadOnlyList<string> Unopened,
    [property: JsonPropertyName("resumed")] bool Resumed);

[JsonSerializable(typeof(RotatedKeyView))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class RotatedKeyJson : JsonSerializerContext;
