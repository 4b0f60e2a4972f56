using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Json;

/// <summary>Errors of the JSON protocols, read and written.</summary>
internal static class JsonErrors
{
    public const string TypeHeader = "x-amzn-ErrorType";

    /// <summary>The code stands in a header or in one of three members, the message in one of three; what cannot be read is passed over.</summary>
    public static WireError Read(WireResponse response)
    {
        string? code = null, message = null;
        try
        {
            Scan(response.Body.Span, ref code, ref message);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // What was found before the body broke is kept; the rest is said by status and headers.
        }

        return QueryErrors.Make(response, ErrorCodes.Strip(response.Headers.Find(TypeHeader)) ?? ErrorCodes.Strip(code), message);
    }

    /// <summary>The error's members; the message under the name that the error's shape has for it.</summary>
    public static void Write(Utf8JsonWriter writer, WireError error, ErrorModel? declared)
    {
        var name = declared is null ? "message"
            : declared.Shape.FindMember("message") is not null ? "message"
            : declared.Shape.FindMember("Message")?.WireName ?? "message";
        writer.WriteString(name, error.Message);
    }

    private static void Scan(ReadOnlySpan<byte> body, ref string? code, ref string? message)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = WireLimits.MaxDepth });
        if (body.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = reader.ValueTextEquals("__type"u8) || reader.ValueTextEquals("code"u8) || reader.ValueTextEquals("Code"u8);
            var isMessage = reader.ValueTextEquals("message"u8) || reader.ValueTextEquals("Message"u8) || reader.ValueTextEquals("errorMessage"u8);
            var text = JsonText.ReadString(ref reader);
            code = isCode ? code ?? text : code;
            message = isMessage ? message ?? text : message;
        }
    }
}
