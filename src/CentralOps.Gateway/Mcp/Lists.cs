using System.Buffers;
using System.Text.Json;
using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Targets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Mcp;

/// <summary>
/// The lists of tools, prompts, resources and resource templates: from pages that were made once, or, for a target that lists live, from the
/// target. A live target that fails leaves its page empty: one that is dead takes nobody else's tools away.
/// </summary>
internal sealed partial class Lists(ToolCatalog catalog, ServerIdentity server, ILogger<Lists> log)
{
    /// <returns>The HTTP status that the answer asks for.</returns>
    public async ValueTask<int> AnswerAsync(ListKind kind, Request request, Reply reply, CancellationToken cancellationToken)
    {
        var (message, dialect) = (request.Message, request.Dialect);
        var view = catalog.For(request.Caller);
        var listing = view[kind];
        var place = listing.Find(message.Cursor);
        if (place.Page is { } page)
        {
            reply.Result(message.Id, page.Result(dialect));
            return StatusCodes.Status200OK;
        }

        if (place.Live is not { } target)
        {
            return reply.Refuse(message.Id, McpError.InvalidParams("'params.cursor' is not a nextCursor of this listing. List again without it."), dialect);
        }

        var answer = await AskAsync(target, kind, request, place.Upstream, cancellationToken);
        WritePage(reply.Begin(message.Id), view, listing, target, answer, dialect);
        reply.End();
        return StatusCodes.Status200OK;
    }

    private async ValueTask<JsonElement?> AskAsync(CatalogTarget target, ListKind kind, Request request, string? cursor, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await target.Mcp!.ForwardAsync(request.Forward(kind.Method(), WriteParams(cursor)), cancellationToken);
            if (answer is { Failure: null, Form: TargetAnswerForm.Result })
            {
                return JsonElement.Parse(answer.Json.Span);
            }

            ListFailed(target.Name, kind, answer.Failure?.Kind);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            TargetBroke(e, target.Name, kind);
        }

        return null;
    }

    private static ReadOnlyMemory<byte> WriteParams(string? cursor)
    {
        var bytes = new ArrayBufferWriter<byte>(64);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        if (cursor is not null)
        {
            json.WriteString("cursor"u8, cursor);
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private void WritePage(Utf8JsonWriter json, CatalogView view, Listing listing, CatalogTarget target, JsonElement? answer, Dialect dialect)
    {
        json.WriteStartObject();
        json.WriteStartArray(listing.Kind.Member());
        foreach (var item in Items(listing.Kind, answer))
        {
            WriteItem(json, view, listing.Kind, target, item);
        }

        json.WriteEndArray();
        if ((Next(target, answer) ?? listing.After(target)) is { } next)
        {
            json.WriteString("nextCursor"u8, next);
        }

        if (dialect.IsStateless)
        {
            server.WriteCacheableResult(json);
        }

        json.WriteEndObject();
    }

    private static IEnumerable<JsonElement> Items(ListKind kind, JsonElement? answer) =>
        answer is { ValueKind: JsonValueKind.Object } result && result.TryGetProperty(kind.Member(), out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(kind.Key(), out var key) && key.ValueKind == JsonValueKind.String)
            : [];

    private static void WriteItem(Utf8JsonWriter json, CatalogView view, ListKind kind, CatalogTarget target, JsonElement item)
    {
        if (!kind.IsPrefixed())
        {
            item.WriteTo(json);
            return;
        }

        var name = item.GetProperty(kind.Key()).GetString()!;
        if (kind != ListKind.Tools || view.Admits(target.Qualified(name)))
        {
            ListedObject.Write(json, item, kind.Key(), target.Shown(name));
        }
    }

    // A server that hands out the same cursor for ever is its clients' trouble, as it would be without a gateway; one too long for ours ends its list.
    private static string? Next(CatalogTarget target, JsonElement? answer) =>
        answer is { ValueKind: JsonValueKind.Object } result && result.TryGetProperty("nextCursor", out var next) && next.ValueKind == JsonValueKind.String
        && new LiveCursor(target.Config.TargetId, next.GetString()).Encode() is { Length: < LiveCursor.MaxBytes - 2 } cursor
            ? cursor
            : null;

    [LoggerMessage(LogLevel.Warning, "Target {Target} did not answer {Kind} ({Failure}): its part of the list is empty.")]
    private partial void ListFailed(string target, ListKind kind, TargetFailureKind? failure);

    [LoggerMessage(LogLevel.Error, "Target {Target} failed on {Kind} in a way it should not: its part of the list is empty.")]
    private partial void TargetBroke(Exception exception, string target, ListKind kind);
}
