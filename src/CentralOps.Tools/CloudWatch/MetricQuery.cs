using System.Text.Json;

namespace CentralOps.Tools.CloudWatch;

/// <summary>One metric, or one expression over the others, as CloudWatch's GetMetricData takes it but without its nesting.</summary>
internal sealed record MetricQuery(string Id, string? Expression, string? Label, int? Period, bool ReturnData)
{
    public string? Namespace { get; init; }

    public string? MetricName { get; init; }

    public IReadOnlyList<(string Name, string Value)> Dimensions { get; init; } = [];

    public string Stat { get; init; } = "";

    public string? Unit { get; init; }

    /// <param name="period">Where the query has none of its own.</param>
    public void Write(int period, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("Id"u8, Id);
        WriteGiven("Label"u8, Label, json);
        if (Expression is null)
        {
            WriteMetric(period, json);
        }
        else
        {
            json.WriteString("Expression"u8, Expression);
            json.WriteNumber("Period"u8, Period ?? period);
        }

        json.WriteBoolean("ReturnData"u8, ReturnData);
        json.WriteEndObject();
    }

    private void WriteMetric(int period, Utf8JsonWriter json)
    {
        json.WriteStartObject("MetricStat"u8);
        json.WriteStartObject("Metric"u8);
        json.WriteString("Namespace"u8, Namespace);
        json.WriteString("MetricName"u8, MetricName);
        json.WriteStartArray("Dimensions"u8);
        foreach (var (name, value) in Dimensions)
        {
            json.WriteStartObject();
            json.WriteString("Name"u8, name);
            json.WriteString("Value"u8, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNumber("Period"u8, Period ?? period);
        json.WriteString("Stat"u8, Stat);
        WriteGiven("Unit"u8, Unit, json);
        json.WriteEndObject();
    }

    private static void WriteGiven(ReadOnlySpan<byte> name, string? text, Utf8JsonWriter json)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
