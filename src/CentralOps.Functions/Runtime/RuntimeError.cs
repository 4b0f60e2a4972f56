using System.Buffers;
using System.Text.Json;

namespace CentralOps.Functions.Runtime;

/// <summary>An error as Lambda carries it to the invoker: our words, never a stack trace.</summary>
internal sealed record RuntimeError(string Type, string Message)
{
    public ReadOnlyMemory<byte> ToJson()
    {
        var output = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("errorType"u8, Type);
            json.WriteString("errorMessage"u8, Message);
            json.WriteStartArray("stackTrace"u8);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.WrittenMemory;
    }
}
