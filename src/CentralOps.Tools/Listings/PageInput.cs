using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Models;

namespace CentralOps.Tools.Listings;

/// <summary>The input of one page: token and size as the operation's model names them, and what is asked.</summary>
internal static class PageInput
{
    /// <param name="size">Null where AWS is to choose it.</param>
    public static byte[] Write(OperationModel operation, string? token, int? size, Action<Utf8JsonWriter> members)
    {
        var input = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(input))
        {
            json.WriteStartObject();
            members(json);
            if (size is { } items && operation.Pagination?.LimitKey is { } limit)
            {
                json.WriteNumber(limit, items);
            }

            if (!string.IsNullOrEmpty(token))
            {
                json.WriteString(operation.Pagination!.InputTokens[0], token);
            }

            json.WriteEndObject();
        }

        return input.WrittenSpan.ToArray();
    }
}
