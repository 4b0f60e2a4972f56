using System.Text.Json;
using CentralOps.Gateway.Serving;

namespace CentralOps.Gateway.Mcp;

/// <summary>JSON-RPC batches, which MCP had in revision 2025-03-26 only.</summary>
internal static class Batch
{
    public static bool IsBatch(ReadOnlySpan<byte> body)
    {
        var start = body.IndexOfAnyExcept(" \t\r\n"u8);
        return start >= 0 && body[start] == '[';
    }

    /// <summary>Cuts a batch into its messages, each to be judged by itself.</summary>
    public static McpError? Split(ReadOnlyMemory<byte> body, out IReadOnlyList<ReadOnlyMemory<byte>> messages)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        messages = found;

        // A level more than a message may have, so that a message's own depth is judged with the message.
        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = (StrictJson.MaxDepth * 2) + 1 });
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                found.Add(body[start..(int)reader.BytesConsumed]);
                if (found.Count > Limits.MaxBatch)
                {
                    return McpError.BatchTooLong;
                }
            }

            // Nothing may follow the array.
            reader.Read();
        }
        catch (JsonException)
        {
            return McpError.Malformed(JsonProblem.NotJson, reader.BytesConsumed);
        }

        return found.Count == 0 ? McpError.EmptyBatch : null;
    }
}
