using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Cli.Terminal;
using CentralOps.Ledger.Reading;

namespace CentralOps.Cli.Ledgers;

/// <summary>Calls of a ledger for people, and as JSON.</summary>
internal static class CallsView
{
    public static void WriteTable(IEnumerable<LedgerCall> calls, Screen screen)
    {
        var table = new Table([
            new Column("TIME", Whole: true), new Column("CALLER"), new Column("TOOL", 1), new Column("ACCOUNTS", 2, Whole: true), new Column("OUTCOME", Whole: true),
            new Column("CODE", 3), new Column("MS", 4, Whole: true), new Column("SOURCE IDENTITY", 5)]);
        foreach (var call in calls)
        {
            table.Add(Time(call), call.Caller, call.Tool, Accounts(call), call.Outcome, Code(call), call.DurationMs?.ToString("0", CultureInfo.InvariantCulture) ?? "", call.SessionName);
        }

        table.Write(screen);
    }

    /// <summary>A call in one line of plain text.</summary>
    public static string Line(LedgerCall call) =>
        PlainText.Line($"{Time(call)}  {call.Caller}  {call.Tool}  {Accounts(call)}  {call.Outcome}{(call.Code is null ? "" : $"  {Code(call)}")}");

    public static string Json(LedgerCall call) => PlainText.Json(new JsonObject
    {
        ["call"] = call.Call,
        ["time"] = call.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["caller"] = call.Caller,
        ["caller_kind"] = call.CallerKind,
        ["source_identity"] = call.SessionName,
        ["tool"] = call.Tool,
        ["arguments"] = call.Arguments.ValueKind == JsonValueKind.Object ? JsonNode.Parse(call.Arguments.GetRawText()) : null,
        ["outcome"] = call.Outcome,
        ["stage"] = call.Stage,
        ["code"] = call.Code,
        ["duration_ms"] = call.DurationMs,
        ["answer_bytes"] = call.AnswerBytes,
        ["request_id"] = call.RequestId,
        ["trace_id"] = call.TraceId,
        ["accounts"] = new JsonArray([.. call.Accounts.Select(static account => JsonNode.Parse(account.GetRawText()))]),
    }.ToJsonString());

    private static string Time(LedgerCall call) => call.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Code(LedgerCall call) => call.Stage is null ? call.Code ?? "" : $"{call.Stage}: {call.Code}";

    private static string Accounts(LedgerCall call)
    {
        var ids = call.AccountIds.ToList();
        return ids.Count <= 2 ? string.Join(", ", ids) : $"{ids[0]} and {ids.Count - 1} more";
    }
}
