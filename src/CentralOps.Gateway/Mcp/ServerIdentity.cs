using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Mcp;

/// <summary>How a gateway presents itself.</summary>
internal sealed record ServerIdentity(string Name, string Version, string? Instructions, IReadOnlyList<string> SupportedVersions)
{
    /// <summary>It has MCP servers as targets: prompts and resources come from those only.</summary>
    public bool HasPromptsAndResources { get; init; }

    /// <summary>The result of initialize.</summary>
    public void WriteInitialized(Utf8JsonWriter json, string agreedVersion)
    {
        json.WriteStartObject();
        json.WriteString("protocolVersion"u8, agreedVersion);
        WriteCapabilities(json);
        json.WritePropertyName("serverInfo"u8);
        WriteInfo(json);
        WriteInstructions(json);
        json.WriteEndObject();
    }

    /// <summary>The result of server/discover.</summary>
    public void WriteDiscovered(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("supportedVersions"u8);
        foreach (var version in SupportedVersions)
        {
            json.WriteStringValue(version);
        }

        json.WriteEndArray();
        WriteCapabilities(json);
        WriteInstructions(json);
        WriteCacheableResult(json);
        json.WriteEndObject();
    }

    /// <summary>
    /// What every list of the stateless revision ends in. Nobody may keep it: what a caller sees is judged anew each time, and a shared
    /// cache would show one caller another's tools.
    /// </summary>
    public void WriteCacheableResult(Utf8JsonWriter json)
    {
        json.WriteNumber("ttlMs"u8, 0);
        json.WriteString("cacheScope"u8, "private"u8);
        WriteResultType(json);
        json.WriteStartObject("_meta"u8);
        WriteServerMeta(json);
        json.WriteEndObject();
    }

    public static void WriteResultType(Utf8JsonWriter json) => json.WriteString("resultType"u8, "complete"u8);

    /// <summary>The member of a stateless result's <c>_meta</c> that says who answers.</summary>
    public void WriteServerMeta(Utf8JsonWriter json)
    {
        json.WritePropertyName(MetaKeys.ServerInfo);
        WriteInfo(json);
    }

    // A gateway is stateless: nobody is ever told that a list has changed.
    private void WriteCapabilities(Utf8JsonWriter json)
    {
        json.WriteStartObject("capabilities"u8);
        WriteCapability(json, "tools"u8);
        if (HasPromptsAndResources)
        {
            WriteCapability(json, "prompts"u8);
            WriteCapability(json, "resources"u8);
        }

        json.WriteEndObject();
    }

    private static void WriteCapability(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartObject(name);
        json.WriteBoolean("listChanged"u8, false);
        json.WriteEndObject();
    }

    private void WriteInfo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, Name);
        json.WriteString("version"u8, Version);
        json.WriteEndObject();
    }

    private void WriteInstructions(Utf8JsonWriter json)
    {
        if (Instructions is not null)
        {
            json.WriteString("instructions"u8, Instructions);
        }
    }
}
