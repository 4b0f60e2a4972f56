using System.Buffers;
using System.Text.Json;
using CentralOps.Gateway.Targets;
using CentralOps.Proxy.Identities;
using CentralOps.Text.Shaping;
using ModelContextProtocol.Protocol;

namespace CentralOps.Proxy.Upstreams;

/// <summary>Reads a server's list of tools to its last page: at most 1,000 tools, 10 MB and 100 pages, no cursor twice.</summary>
/// <param name="meta">Members that go into <c>_meta</c>: an object in JSON, or nothing.</param>
internal sealed class UpstreamListing(ConfinedUpstream upstream, UpstreamIdentity identity, ReadOnlyMemory<byte> meta)
{
    private const int MaxTools = 1000;
    private const int MaxPages = 100;
    private const int MaxBytes = 10 * 1024 * 1024;
    private const int MaxCursor = 4096;

    private readonly List<JsonElement> _tools = [];
    private readonly HashSet<string> _cursors = new(StringComparer.Ordinal);
    private int _bytes;

    public async ValueTask<UpstreamTools> ReadAsync(CancellationToken cancellationToken)
    {
        for (string? cursor = null; ;)
        {
            var forward = new McpForward(RequestMethods.ToolsList, WriteParams(cursor), identity.Caller);
            var (answer, trouble) = await upstream.ForwardAsync(identity, forward, cancellationToken);
            if (trouble is not null)
            {
                return new([], trouble);
            }

            if (answer.Form == TargetAnswerForm.Error)
            {
                return Unusable($"refused to list its tools: {Message(answer.Json)}");
            }

            if (Add(answer.Json, out cursor) is { } problem)
            {
                return Unusable(problem);
            }

            if (cursor is null)
            {
                return new(_tools, null);
            }
        }
    }

    /// <returns>What is wrong with the page; null when it was added.</returns>
    private string? Add(ReadOnlyMemory<byte> page, out string? cursor)
    {
        cursor = null;
        if ((_bytes += page.Length) > MaxBytes || _cursors.Count >= MaxPages)
        {
            return $"lists more than the {MaxBytes / 1024 / 1024} MB or {MaxPages} pages of tools that are read";
        }

        using var document = JsonDocument.Parse(page, new JsonDocumentOptions { MaxDepth = 256 });
        if (!document.RootElement.TryGetProperty("tools", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return "answered tools/list without a list of tools";
        }

        if (_tools.Count + list.GetArrayLength() > MaxTools)
        {
            return $"lists more than {MaxTools} tools";
        }

        _tools.AddRange(list.EnumerateArray().Select(static tool => tool.Clone()));
        cursor = document.RootElement.TryGetProperty("nextCursor", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
        return cursor is { Length: > MaxCursor } || (cursor is not null && !_cursors.Add(cursor)) ? "gave a cursor of tools/list that is too long or was there before" : null;
    }

    private ReadOnlyMemory<byte> WriteParams(string? cursor)
    {
        var bytes = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        if (cursor is not null)
        {
            json.WriteString("cursor"u8, cursor);
        }

        if (!meta.IsEmpty)
        {
            json.WritePropertyName("_meta"u8);
            json.WriteRawValue(meta.Span);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static string Message(ReadOnlyMemory<byte> error)
    {
        using var document = JsonDocument.Parse(error);
        return document.RootElement.TryGetProperty("message", out var message) ? ForeignText.Line(message.ToString(), 400) : "it gave no reason";
    }

    private UpstreamTools Unusable(string problem) =>
        new([], new("upstream", $"The MCP server at {upstream.Address.Host} {problem.TrimEnd('.')}.", "Check that the URL is an MCP server's, and see its log."));
}

/// <summary>A server's tools, or why there is no list.</summary>
public readonly record struct UpstreamTools(IReadOnlyList<JsonElement> Tools, UpstreamTrouble? Trouble);
