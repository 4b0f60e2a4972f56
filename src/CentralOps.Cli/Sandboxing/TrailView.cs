using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Sandboxing;

/// <summary>CloudTrail's records for people.</summary>
internal static class TrailView
{
    private const string ServiceSuffix = ".amazonaws.com";

    public static void WriteTable(JsonElement records, Screen screen)
    {
        var table = new Table([
            new Column("TIME", Whole: true), new Column("ACCOUNT", 1, Whole: true), new Column("CALLER", 1), new Column("AS", 4), new Column("CALL", Whole: true),
            new Column("REGION", 3, Whole: true), new Column("ERROR", 0), new Column("RESOURCE", 5), new Column("USER AGENT", 6)]);
        foreach (var record in records.EnumerateArray())
        {
            table.Add(
                Text(record, "eventTime")[11..19],
                Text(record, "userIdentity", "accountId"),
                Caller(record),
                Text(record, "userIdentity", "sessionContext", "sourceIdentity"),
                Call(record),
                Text(record, "awsRegion"),
                Text(record, "errorCode"),
                Resource(record),
                Text(record, "userAgent"));
        }

        table.Write(screen);
    }

    /// <summary>A record in one line of plain text.</summary>
    public static string Line(JsonElement record)
    {
        var identity = Text(record, "userIdentity", "sessionContext", "sourceIdentity") is { Length: > 0 } name ? $" as {name}" : "";
        var error = Text(record, "errorCode") is { Length: > 0 } code ? $"  {code}: {Text(record, "errorMessage")}" : "";
        return PlainText.Line($"{Text(record, "eventTime")}  {Text(record, "userIdentity", "accountId")}  {Caller(record)}{identity}  {Call(record)}  {Text(record, "awsRegion")}{error}");
    }

    /// <summary>As CloudTrail's files have it.</summary>
    public static void WriteJson(JsonElement records, Screen screen)
    {
        using var file = JsonDocument.Parse(new JsonObject { ["Records"] = JsonNode.Parse(records.GetRawText()) }.ToJsonString());
        screen.Data.WriteLine(AnswerView.Indented(file.RootElement));
    }

    private static string Call(JsonElement record)
    {
        var source = Text(record, "eventSource");
        return $"{(source.EndsWith(ServiceSuffix, StringComparison.Ordinal) ? source[..^ServiceSuffix.Length] : source)}:{Text(record, "eventName")}";
    }

    // Role and session, or a user's name: what is behind the ARN's first slash.
    private static string Caller(JsonElement record)
    {
        var arn = Text(record, "userIdentity", "arn");
        return arn.Length == 0 ? "(unknown)" : arn[(arn.IndexOf('/', StringComparison.Ordinal) + 1)..];
    }

    private static string Resource(JsonElement record) =>
        record.TryGetProperty("resources", out var resources) && resources.GetArrayLength() > 0 ? Text(resources[0], "ARN") : "";

    private static string Text(JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return "";
            }
        }

        return json.ValueKind == JsonValueKind.String ? json.GetString()! : "";
    }
}

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class TrailJson : JsonSerializerContext;
