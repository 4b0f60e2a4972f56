using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CentralOps.Gateway.Mcp;

namespace CentralOps.Gateway.Catalog;

/// <summary>One page of a listing: the bytes of its result in both eras, made once.</summary>
internal sealed class ListPage
{
    public const int MaxTools = 100;
    public const int MaxCursorBytes = 64;

    private ListPage(string cursor, byte[] handshakeResult, byte[] statelessResult)
    {
        Cursor = cursor;
        HandshakeResult = handshakeResult;
        StatelessResult = statelessResult;
    }

    /// <summary>Leads here from the page before.</summary>
    public string Cursor { get; }

    private byte[] HandshakeResult { get; }

    private byte[] StatelessResult { get; }

    public ReadOnlySpan<byte> Result(Dialect dialect) => dialect.IsStateless ? StatelessResult : HandshakeResult;

    /// <summary>Lays tools out on pages; at least one, which may be empty.</summary>
    public static IReadOnlyList<ListPage> Lay(IReadOnlyList<CatalogTool> tools, ListPaging paging, ServerIdentity server)
    {
        var runs = paging == ListPaging.PerTarget
            ? tools.GroupBy(tool => tool.TargetName, StringComparer.Ordinal).SelectMany(target => target.Chunk(MaxTools)).ToArray()
            : [.. tools.Chunk(MaxTools)];
        if (runs.Length == 0)
        {
            runs = [[]];
        }

        var listing = Fingerprint(tools, paging);
        var pages = new ListPage[runs.Length];
        for (var i = 0; i < runs.Length; i++)
        {
            var next = i + 1 < runs.Length ? CursorTo(i + 1, listing) : null;
            pages[i] = new(CursorTo(i, listing), Write(runs[i], next, null), Write(runs[i], next, server));
        }

        return pages;
    }

    // A cursor is a digest of the listing and the page. It is looked up among those handed out, so that one of another listing, of an
    // earlier configuration, or made up, is refused and never leads to a wrong page; and every replica hands out the same.
    private static string CursorTo(int page, byte[] listing)
    {
        Span<byte> text = stackalloc byte[36];
        listing.CopyTo(text);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(text[32..], page);
        return Base64Url.EncodeToString(SHA256.HashData(text).AsSpan(0, 18));
    }

    private static byte[] Fingerprint(IReadOnlyList<CatalogTool> tools, ListPaging paging)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([(byte)paging]);
        foreach (var tool in tools)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(tool.Name));
            hash.AppendData("\n"u8);
        }

        return hash.GetHashAndReset();
    }

    private static byte[] Write(CatalogTool[] tools, string? next, ServerIdentity? statelessServer)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartArray("tools"u8);
            foreach (var tool in tools)
            {
                Write(json, tool);
            }

            json.WriteEndArray();
            if (next is not null)
            {
                json.WriteString("nextCursor"u8, next);
            }

            statelessServer?.WriteCacheableResult(json);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>A tool as it is listed, and found by a search.</summary>
    public static void Write(Utf8JsonWriter json, CatalogTool tool)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, tool.Name);
        json.WriteString("description"u8, tool.Description);
        json.WritePropertyName("inputSchema"u8);
        tool.InputSchema.WriteTo(json);
        if (tool.OutputSchema is { } output)
        {
            json.WritePropertyName("outputSchema"u8);
            output.WriteTo(json);
        }

        // No annotations: AgentCore's Lambda targets cannot declare them, and none are made up here.
        json.WriteEndObject();
    }
}
