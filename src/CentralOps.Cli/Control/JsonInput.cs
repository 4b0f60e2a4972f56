using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Cli.Control;

/// <summary>JSON from a file or stdin. What is wrong with it is told by place, never by its text: it may hold secrets.</summary>
internal static class JsonInput
{
    private const int MostBytes = 10 * 1024 * 1024;
    private const string FilePrefix = "file://";

    public static async Task<JsonObject> ReadObjectAsync(string option, string source, CancellationToken cancellationToken) =>
        await ReadAsync(option, source, cancellationToken) as JsonObject
        ?? throw new CommandFailedException($"{option}: the text is not a JSON object; write the API's members such as {{\"name\": \"ops\"}}.", ExitCode.Usage);

    public static async Task<JsonNode?> ReadAsync(string option, string source, CancellationToken cancellationToken)
    {
        var bytes = await BytesAsync(option, source, cancellationToken);
        try
        {
            // Reading all of it finds names that stand there twice, which the node tree would meet only later.
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return JsonNode.Parse(bytes.Span);
        }
        catch (JsonException broken)
        {
            var place = broken.LineNumber is { } line ? $" (line {line + 1}, byte {broken.BytePositionInLine + 1})" : "";
            throw new CommandFailedException($"{option}: that is not JSON with each name once{place}; correct it.", ExitCode.Usage);
        }
    }

    /// <summary>A file's or stdin's bytes, no more than the API takes.</summary>
    public static async Task<ReadOnlyMemory<byte>> BytesAsync(string option, string source, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = source is "-" ? Console.OpenStandardInput() : File.OpenRead(source.StartsWith(FilePrefix, StringComparison.Ordinal) ? source[FilePrefix.Length..] : source);
            using var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            while (await stream.ReadAsync(buffer, cancellationToken) is var count and > 0)
            {
                bytes.Write(buffer, 0, count);
                if (bytes.Length > MostBytes)
                {
                    throw new CommandFailedException($"{option}: that is more than {MostBytes} bytes, which no control plane takes.", ExitCode.Usage);
                }
            }

            var whole = new ReadOnlyMemory<byte>(bytes.GetBuffer(), 0, (int)bytes.Length);
            return whole.Span.StartsWith(Encoding.UTF8.Preamble) ? whole[Encoding.UTF8.Preamble.Length..] : whole;
        }
        catch (Exception unread) when (unread is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new CommandFailedException($"{option}: the file {source} is not there or may not be read; give another, or - for stdin.", ExitCode.Usage);
        }
    }
}
