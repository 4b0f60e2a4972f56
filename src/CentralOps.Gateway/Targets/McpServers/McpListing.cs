using System.Text.Json;
using ModelContextProtocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>Reads a server's list to its last page: at most 1,000 items, 10 MB and 1,000 pages over all lists that are read, no cursor twice.</summary>
internal sealed class McpListing(McpConnection connection)
{
    private const int MaxItems = 1000;
    private const int MaxPages = 1000;
    private const int MaxBytes = 10 * 1024 * 1024;
    private const int MaxCursor = 4096;

    private int _bytes;
    private int _pages;

    /// <param name="member">Which member of the result the list is.</param>
    /// <returns>The items; none where the server does not know the method; null with a reason where there is no list.</returns>
    public async ValueTask<(IReadOnlyList<JsonElement>? Items, string Problem)> ReadAsync(string method, string member, CancellationToken cancellationToken)
    {
        var items = new List<JsonElement>();
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        for (string? cursor = null; ;)
        {
            var request = new McpRequest(method) { Members = cursor is null ? [] : [("cursor", JsonSerializerText(cursor))] };
            var (reply, _) = await connection.RequestAsync(request, cancellationToken);
            if (reply.Failure is { } failure)
            {
                return (null, failure.Detail);
            }

            if (reply.Message.Kind == RpcKind.Error)
            {
                return reply.ErrorCode == (int)McpErrorCode.MethodNotFound && cursor is null
                    ? ([], "")
                    : (null, $"{method} was refused ({reply.ErrorCode}): {RpcError.TextOf(reply.Message)}");
            }

            if (Add(reply.Message.Payload.Raw, method, member, items, out cursor) is { } problem)
            {
                return (null, problem);
            }

            if (cursor is null)
            {
                return (items, "");
            }

            if (cursor.Length > MaxCursor || !cursors.Add(cursor))
            {
                return (null, $"{method} gave a cursor {(cursor.Length > MaxCursor ? $"of more than {MaxCursor} characters" : "for the second time, so that its pages would never end")}.");
            }
        }
    }

    private string? Add(ReadOnlyMemory<byte> page, string method, string member, List<JsonElement> items, out string? cursor)
    {
        cursor = null;
        if ((_bytes += page.Length) > MaxBytes || ++_pages > MaxPages)
        {
            return $"its lists come to more than {MaxBytes / 1024 / 1024} MB or {MaxPages} pages, which is all that is read.";
        }

        using var document = JsonDocument.Parse(page, new JsonDocumentOptions { MaxDepth = RpcMessage.MaxDepth });
        var result = document.RootElement;
        if (!result.TryGetProperty(member, out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return $"{method} answered without a list of {member}.";
        }

        if (items.Count + list.GetArrayLength() > MaxItems)
        {
            return $"{method} lists more than {MaxItems} {member}, which is all that a target may have.";
        }

        items.AddRange(list.EnumerateArray().Select(item => item.Clone()));
        if (result.TryGetProperty("nextCursor", out var next) && next.ValueKind != JsonValueKind.Null)
        {
            if (next.ValueKind != JsonValueKind.String)
            {
                return $"{method} gave a cursor that is not a string.";
            }

            cursor = next.GetString();
        }

        return null;
    }

    private static ReadOnlyMemory<byte> JsonSerializerText(string text) => (byte[])[.. "\""u8, .. JsonEncodedText.Encode(text).EncodedUtf8Bytes, .. "\""u8];
}
