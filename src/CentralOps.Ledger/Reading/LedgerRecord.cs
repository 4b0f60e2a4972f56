using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace CentralOps.Ledger.Reading;

/// <summary>One line of a ledger.</summary>
/// <param name="Json">The whole record.</param>
internal sealed record LedgerRecord(long Seq, string Previous, string Type, JsonElement Json)
{
    private const int MaxDepth = 8;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    public static bool TryRead(ReadOnlyMemory<byte> line, [NotNullWhen(true)] out LedgerRecord? record)
    {
        record = null;
        if (!Ascii.IsValid(line.Span))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(line, Options);
            var json = document.RootElement;
            if (json.ValueKind == JsonValueKind.Object
                && json.TryGetProperty("seq"u8, out var seq) && seq.TryGetInt64(out var number) && number >= 0
                && json.TryGetProperty("prev"u8, out var previous) && json.TryGetProperty("type"u8, out var type))
            {
                record = new LedgerRecord(number, previous.GetString() ?? "", type.GetString() ?? "", json.Clone());
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }

        return record is not null;
    }

    public string? Text(params ReadOnlySpan<string> path)
    {
        var json = Json;
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return null;
            }
        }

        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An escape that was changed into half a surrogate pair is no text.
            return null;
        }
    }

    public double? Number(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
