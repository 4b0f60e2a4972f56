using System.Text.Json;

namespace CentralOps.Ledger.Records;

/// <summary>A call's records: its beginning, what it did in accounts (in several where it did much), and its end.</summary>
internal static class CallRecords
{
    private const int MaxArguments = 64;
    private const int MaxRequestId = 128;

    public static void AddBegin(RecordLines lines, DateTimeOffset time, string call, CallBegin begin, ArgumentDigest digest) =>
        lines.Add("begin", time, (call, begin, digest), static (json, about) =>
        {
            var (call, begin, digest) = about;
            json.WriteString("call"u8, call);
            json.WriteStartObject("caller"u8);
            RecordLines.Text(json, "principal", begin.Caller.Principal);
            RecordLines.Text(json, "kind", begin.Caller.Kind);
            RecordLines.Text(json, "issuer", begin.Caller.Issuer);
            RecordLines.Text(json, "client_id", begin.Caller.ClientId);
            RecordLines.Text(json, "session_name", begin.Caller.SessionName);
            json.WriteEndObject();
            RecordLines.Text(json, "tool", begin.Tool);
            RecordLines.Text(json, "called_as", begin.CalledAs);
            RecordLines.Text(json, "request_id", begin.RequestId);
            RecordLines.Text(json, "trace_id", begin.TraceId);
            json.WriteStartObject("arguments"u8);
            foreach (var argument in begin.Arguments.Take(MaxArguments))
            {
                digest.Write(json, argument);
            }

            json.WriteEndObject();
        });

    public static void AddEnd(RecordLines lines, DateTimeOffset time, string call, CallEnd end)
    {
        foreach (var accounts in AccountsParts.Of(end.Accounts))
        {
            lines.Add("accounts", time, (call, accounts), static (json, about) =>
            {
                json.WriteString("call"u8, about.call);
                json.WriteStartArray("accounts"u8);
                foreach (var account in about.accounts)
                {
                    Write(json, account);
                }

                json.WriteEndArray();
            });
        }

        lines.Add("end", time, (call, end), static (json, about) =>
        {
            var (call, end) = about;
            json.WriteString("call"u8, call);
            json.WriteString("outcome"u8, NameOf(end.Outcome));
            RecordLines.Text(json, "stage", end.Stage);
            RecordLines.Text(json, "code", end.Code);
            json.WriteNumber("answer_bytes"u8, end.AnswerBytes);
            json.WriteNumber("duration_ms"u8, Math.Round(end.Duration.TotalMilliseconds, 3));
        });
    }

    public static string NameOf(CallOutcomeKind outcome) => outcome switch
    {
        CallOutcomeKind.Answered => "answered",
        CallOutcomeKind.Partial => "partial",
        CallOutcomeKind.Refused => "refused",
        CallOutcomeKind.Cancelled => "cancelled",
        _ => "failed",
    };

    private static void Write(Utf8JsonWriter json, AccountUse account)
    {
        json.WriteStartObject();
        RecordLines.Text(json, "account_id", account.AccountId);
        RecordLines.Text(json, "region", account.Region);
        RecordLines.Text(json, "stage", account.Stage);
        RecordLines.Text(json, "code", account.Code);
        Texts(json, "session_request_ids", account.SessionRequestIds);
        json.WriteStartArray("operations"u8);
        foreach (var operation in account.Operations)
        {
            json.WriteStartObject();
            RecordLines.Text(json, "operation", operation.Operation);
            json.WriteNumber("calls"u8, operation.Calls);
            json.WriteNumber("attempts"u8, operation.Attempts);
            Texts(json, "request_ids", operation.RequestIds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(RecordText.Of(text, MaxRequestId));
        }

        json.WriteEndArray();
    }
}
