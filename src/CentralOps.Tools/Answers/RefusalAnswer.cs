using System.Buffers;
using System.ComponentModel;
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

/// <summary>The form of a refusal, for schemas.</summary>
internal sealed record RefusalShape(
    [property: Description("Where the call was refused, such as arguments, unknown_account or assume_role.")] string Stage,
    [property: Description("AWS's error code, or CentralOps' own.")] string Code,
    [property: Description("What happened.")] string Message,
    [property: Description("What to do about it.")] string Remedy);

/// <summary>The refusal of a tool that asks one account.</summary>
internal sealed record AccountRefusalShape(
    [property: Description("The account as it was named, or its id.")] string AccountId,
    [property: Description("The region that was asked.")] string Region,
    RefusalShape Error);

/// <summary>The refusal of a tool that asks no single account.</summary>
internal sealed record PlainRefusalShape(RefusalShape Error);
