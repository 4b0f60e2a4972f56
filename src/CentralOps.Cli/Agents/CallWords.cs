using System.Globalization;
using System.Text.Json;
using CentralOps.Agent.Tracing;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents;

/// <summary>A traced call as one line for a person.</summary>
internal static class CallWords
{
    private const int MostArguments = 160;

    public static string Begun(TracedCall call) => $"→ {ToolFinder.BareName(call.Tool)} {Arguments(call.Arguments)}".TrimEnd();

    public static string Ended(TracedCall call)
    {
        var time = call.Duration.TotalSeconds >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{call.Duration.TotalSeconds:F1} s") : string.Create(CultureInfo.InvariantCulture, $"{call.Duration.TotalMilliseconds:F0} ms");
        return $"{Mark(call)} {ToolFinder.BareName(call.Tool)} {Arguments(call.Arguments)}".TrimEnd() + $": {What(call)} ({time})";
    }

    private static string Mark(TracedCall call) => call.Outcome is CallOutcome.Answered ? (call.Places.Failures.Count > 0 ? "!" : "✓") : "✗";

    private static string What(TracedCall call) => call.Outcome switch
    {
        CallOutcome.Answered => string.Join(", ", Parts(call)),
        CallOutcome.Refused => $"refused at {call.Note}",
        _ => call.Note ?? "failed",
    };

    private static IEnumerable<string> Parts(TracedCall call)
    {
        var places = call.Places;
        var accounts = Math.Max(places.AccountsAsked ?? 0, places.Answered.Select(static place => place.AccountId).Distinct(StringComparer.Ordinal).Count());
        yield return accounts > 0 ? string.Create(CultureInfo.InvariantCulture, $"{accounts} {(accounts == 1 ? "account" : "accounts")}") : string.Create(CultureInfo.InvariantCulture, $"{call.Characters:N0} characters");
        if (places.Failures.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{places.Failures.Count} not read");
        }

        if (places.IsTruncated)
        {
            yield return "there is more";
        }

        if (call.WasCut)
        {
            yield return "cut for the model";
        }
    }

    private static string Arguments(JsonElement arguments)
    {
        var text = string.Join(' ', arguments.EnumerateObject().Select(static argument => $"{argument.Name}={(argument.Value.ValueKind == JsonValueKind.String ? argument.Value.GetString() : argument.Value.GetRawText())}"));
        return PlainText.Line(text.Length <= MostArguments ? text : text[..(char.IsHighSurrogate(text[MostArguments - 1]) ? MostArguments - 1 : MostArguments)] + "…");
    }
}
