using System.Text.Json.Serialization;

namespace CentralOps.Cli.Running;

/// <summary>What <c>centralops status --output json</c> prints.</summary>
internal sealed record UpState(
    [property: JsonPropertyName("gateway_url")] string GatewayUrl,
    [property: JsonPropertyName("sandbox_url")] string? SandboxUrl,
    [property: JsonPropertyName("auth")] string Auth,
    [property: JsonPropertyName("region")] string Region,
    [property: JsonPropertyName("control_credentials")] ControlCredentials? ControlCredentials,
    [property: JsonPropertyName("ports")] UpPorts Ports,
    [property: JsonPropertyName("processes")] IReadOnlyList<UpProcess> Processes,
    [property: JsonPropertyName("started_at")] DateTimeOffset StartedAt)
{
    /// <summary>What every request has to show where real accounts are behind the gateway; null over the sandbox. The state file is its owner's alone.</summary>
    [JsonPropertyName("gateway_token")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GatewayToken { get; init; }

    /// <summary>Where its control plane answers; null where it has none.</summary>
    [JsonPropertyName("control_url")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ControlUrl { get; init; }

    /// <summary>The gateway offers the tool that searches tools; null where it is not one gateway of ours.</summary>
    [JsonPropertyName("search")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Search { get; init; }
}

/// <summary>The sandbox operator's key: made at start, valid in this sandbox only, which is why it may be printed.</summary>
internal sealed record ControlCredentials(
    [property: JsonPropertyName("accessKeyId")] string AccessKeyId,
    [property: JsonPropertyName("secretAccessKey")] string SecretAccessKey);

internal sealed record UpPorts(
    [property: JsonPropertyName("gateway")] int Gateway,
    [property: JsonPropertyName("sandbox")] int Sandbox);

internal sealed record UpProcess(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("pid")] int Pid,
    [property: JsonPropertyName("state")] string State);

[JsonSerializable(typeof(UpState))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class UpStateJson : JsonSerializerContext;
