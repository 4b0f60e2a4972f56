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
    public const int MaxItems = 100;

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

    /// <summary>Lays items out on pages; at least one, which may be empty.</summary>
    /// <param name="after">The cursor that the last page ends in: to a target that lists live. Null where this is all.</param>
    public static IReadOnlyList<ListPage> Lay(ListKind kind, IReadOnlyList<ListItem> items, ListPaging paging, ServerIdentity server, string? after)
    {
        var runs = paging == ListPaging.PerTarget
            ? items.GroupBy(item => item.Target.Name, StringComparer.Ordinal).SelectMany(target => target.Chunk(MaxItems)).ToArray()
            : [.. items.Chunk(MaxItems)];
        if (runs.Length == 0)
        {
            runs = [[]];
        }

        var listing = Fingerprint(kind, items, paging);
        var pages = new ListPage[runs.Length];
        for (var i = 0; i < runs.Length; i++)
        {
            var next = i + 1 < runs.Length ? CursorTo(i + 1, listing) : after;
            pages[i] = new(CursorTo(i, listing), Write(kind, runs[i], next, null), Write(kind, runs[i], next, server));
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

    private static byte[] Fingerprint(ListKind kind, IReadOnlyList<ListItem> items, ListPaging paging)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([(byte)kind, (byte)paging]);
        foreach (var item in items)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(item.Key));
            hash.AppendData("\n"u8);
        }

        return hash.GetHashAndReset();
    }

    private static byte[] Write(ListKind kind, ListItem[] items, string? next, ServerIdentity? statelessServer)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartArray(kind.Member());
            foreach (var item in items)
            {
                item.Write(json);
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
}
