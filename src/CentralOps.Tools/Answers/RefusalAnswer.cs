using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Tools.Answers;

/// <summary>A refusal as an answer.</summary>
internal static class RefusalAnswer
{
    public static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Refusal refusal, AnswerPlace place, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Json);
        json.WriteStartObject();
        if (place.Account is { } account)
        {
            json.WriteString("account_id"u8, account);
        }

        if (place.Region is { } region)
        {
            json.WriteString("region"u8, region.ToString());
        }

        json.WriteStartObject("error"u8);
        WriteMembers(RefusalWords.Of(refusal), json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteMembers(RefusalText text, Utf8JsonWriter json)
    {
        json.WriteString("stage"u8, text.StageName);
        json.WriteString("code"u8, text.Code);
        json.WriteString("message"u8, text.Message);
        json.WriteString("remedy"u8, text.Remedy);
    }
}
