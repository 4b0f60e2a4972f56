using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Transcoding;

/// <summary>
/// botocore's words for an output token: members, or a member of the last item (<c>Contents[-1].Key</c>), or the second where the
/// first is not there. The last item is known only at the page's end, when it has been read already: the one case in which a page is
/// read twice.
/// </summary>
internal static class TokenExpression
{
    private const string Or = "||";
    private const string LastItem = "[-1].";

    /// <summary>The expression's first part that is members and nothing else; null when there is none.</summary>
    public static string? MemberPath(string expression) =>
        Array.Find(Parts(expression), static part => !part.Contains('[', StringComparison.Ordinal));

    /// <summary>The token of the last item, where the operation pages so and the page did not give another.</summary>
    public static void Complete(WireProtocol protocol, OperationModel operation, WireResponse response, Transcription into)
    {
        if (operation.Pagination is not { OutputTokens: [var expression] } || into.MoreResults is not true || into.NextToken is not null
            || Array.Find(Parts(expression), static part => part.Contains(LastItem, StringComparison.Ordinal)) is not { } last)
        {
            return;
        }

        var mark = last.IndexOf(LastItem, StringComparison.Ordinal);
        var items = new ArrayBufferWriter<byte>();
        protocol.ReadPage(operation, response, new Transcription(items, Projection.Items(last[..mark], Field.Value(last[(mark + LastItem.Length)..], "Token"))));
        into.Tokens = [LastOf(items.WrittenSpan)];
        into.NameTokens(operation);
    }

    private static string? LastOf(ReadOnlySpan<byte> items)
    {
        // No value can hold this: its quotation marks would be escaped.
        var start = items.LastIndexOf("{\"Token\":"u8);
        var reader = new Utf8JsonReader(start < 0 ? "null"u8 : items[start..]);
        string? last = null;
        while (reader.Read())
        {
            last = reader.TokenType == JsonTokenType.String ? reader.GetString() : last;
        }

        return last;
    }

    private static string[] Parts(string expression) => expression.Split(Or, StringSplitOptions.TrimEntries);
}
