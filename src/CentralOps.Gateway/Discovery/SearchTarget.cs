using System.Runtime.InteropServices;
using System.Text.Json;
using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Serving;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Discovery;

/// <summary>Answers the search tool over one view's tools. Its index is made by the first search, and goes with the view when targets change.</summary>
internal sealed class SearchTarget(ToolSearch search, IReadOnlyList<CatalogTool> tools) : ITarget
{
    private readonly Lazy<ToolIndex> _index = new(() => ToolIndex.Build(tools));

    public async ValueTask<TargetAnswer> CallAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var found = await search.FindAsync(_index.Value, Query(invocation.Arguments.Span), cancellationToken);
        return TargetAnswer.Of(Write(found));
    }

    private static string Query(ReadOnlySpan<byte> arguments)
    {
        var reader = new Utf8JsonReader(arguments);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("query"u8))
            {
                reader.Read();
                return reader.GetString()!;
            }
        }

        return "";
    }

    private static byte[] Write(IReadOnlyList<CatalogTool> tools)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartArray("tools"u8);
            foreach (var tool in tools)
            {
                // The answer holds the list twice, as text too. What would not fit a payload is left out, the least fitting first.
                if (json.BytesCommitted + json.BytesPending + Length(tool) > Limits.MaxBodyBytes / 3)
                {
                    break;
                }

                tool.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    // What is listed as its server listed it has its schemas in there.
    private static long Length(CatalogTool tool) => tool.Listed is { } listed
        ? JsonMarshal.GetRawUtf8Value(listed).Length + (2L * tool.Name.Length)
        : JsonMarshal.GetRawUtf8Value(tool.InputSchema).Length + (tool.OutputSchema is { } output ? JsonMarshal.GetRawUtf8Value(output).Length : 0) + (3L * tool.Description.Length) + (2L * tool.Name.Length);
}
