using System.Text.Json;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Outbound;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>A request to a server, written in the dialect that was agreed with it.</summary>
/// <param name="Method">MCP's name of it.</param>
/// <param name="Name">The tool, prompt or URI that <c>Mcp-Name</c> tells; null where a method has none.</param>
internal sealed record McpRequest(string Method, string? Name = null)
{
    /// <summary>Of a client that did not say.</summary>
    public static readonly ReadOnlyMemory<byte> NoCapabilities = "{}"u8.ToArray();

    /// <summary>Members of params, their values as they are sent.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Json)> Members { get; init; } = [];

    /// <summary>Members that exist in the stateless revision only.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Json)> StatelessMembers { get; init; } = [];

    /// <summary>Members of <c>_meta</c> that are passed on.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Json)> Meta { get; init; } = [];

    /// <summary>What the caller's client can; a server of the stateless revision asks it through its answers.</summary>
    public ReadOnlyMemory<byte> ClientCapabilities { get; init; } = NoCapabilities;

    /// <summary>Headers beside those of the protocol.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What stands behind the target's own query; empty where there is nothing.</summary>
    public string Query { get; init; } = "";

    /// <summary>An Authorization that takes the place of the target's credential; null where it has to authenticate itself.</summary>
    public string? Authorization { get; init; }

    /// <summary>Who is told of the progress; null where nobody asked to be.</summary>
    public ProgressRelay? Progress { get; init; }

    /// <summary>The body of the request.</summary>
    public byte[] Write(long id, Dialect dialect)
    {
        var bytes = new PooledBuffer();
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WriteNumber("id"u8, id);
            json.WriteString("method"u8, Method);
            json.WriteStartObject("params"u8);
            Write(json, Members);
            if (dialect.IsStateless)
            {
                Write(json, StatelessMembers);
            }

            WriteMeta(json, id, dialect);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        // An array of its own: a transport may still hold it when the call has ended, so that it must not be used again.
        var body = bytes.Span.ToArray();
        bytes.Release();
        return body;
    }

    private void WriteMeta(Utf8JsonWriter json, long id, Dialect dialect)
    {
        if (!dialect.IsStateless && Meta.Count == 0 && Progress is null)
        {
            return;
        }

        json.WriteStartObject("_meta"u8);
        Write(json, Meta);
        if (Progress is not null)
        {
            json.WriteNumber("progressToken"u8, id);
        }

        if (dialect.IsStateless)
        {
            json.WriteString(MetaKeys.ProtocolVersion, dialect.Version);
            json.WritePropertyName(MetaKeys.ClientInfo);
            WriteClientInfo(json);
            json.WritePropertyName(MetaKeys.ClientCapabilities);
            json.WriteRawValue(ClientCapabilities.Span, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    public static void WriteClientInfo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, GatewayAgent.Name);
        json.WriteString("version"u8, GatewayAgent.Version);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<(string Name, ReadOnlyMemory<byte> Json)> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            json.WritePropertyName(members[i].Name);
            json.WriteRawValue(members[i].Json.Span, skipInputValidation: true);
        }
    }
}
