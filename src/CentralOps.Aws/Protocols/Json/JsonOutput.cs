using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CentralOps.Aws.Protocols.Json;

/// <summary>How JSON is written here: compact, and with characters as they are where JSON allows it.</summary>
internal static class JsonOutput
{
    // The codecs open and close in step by construction; checking it again would cost a third of the writing.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static Utf8JsonWriter Writer(IBufferWriter<byte> output) => new(output, Options);
}
