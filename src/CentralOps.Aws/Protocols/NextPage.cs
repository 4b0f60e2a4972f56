using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Scalars;

namespace CentralOps.Aws.Protocols;

/// <summary>The input that asks for the page after one that was read.</summary>
public static class NextPage
{
    /// <summary>The same input with the page's tokens in it; null when it was the last page.</summary>
    public static AwsInput? Of(OperationModel operation, AwsInput input, Transcription page)
    {
        if (page.NextTokens is not { Count: > 0 } tokens)
        {
            return null;
        }

        var json = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(json);
        writer.WriteStartObject();
        Copy(operation, input.Json.Span, writer);
        foreach (var (name, value) in tokens)
        {
            writer.WritePropertyName(name);
            if (!ScalarText.TryWrite(writer, operation.Input?.FindMember(name)?.Shape.Kind ?? ShapeKind.String, value))
            {
                writer.WriteStringValue(value);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return input with { Json = json.WrittenMemory };
    }

    /// <summary>All but the tokens of the page before, those too that the page after does not have.</summary>
    private static void Copy(OperationModel operation, ReadOnlySpan<byte> input, Utf8JsonWriter writer)
    {
        var reader = new Utf8JsonReader(input);
        if (input.IsEmpty || !reader.Read())
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!operation.Pagination!.InputTokens.Contains(name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(input[start..(int)reader.BytesConsumed], skipInputValidation: true);
            }
        }
    }
}
