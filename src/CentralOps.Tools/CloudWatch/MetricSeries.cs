using System.Text.Json;

namespace CentralOps.Tools.CloudWatch;

/// <summary>The data points of one query, put together from the pages on which CloudWatch answers them.</summary>
internal sealed class MetricSeries(string id, string label)
{
    private readonly List<JsonElement> _timestamps = [];
    private readonly List<JsonElement> _values = [];
    private readonly List<JsonElement> _messages = [];
    private string? _status;

    public string Key => Of(id, label);

    /// <summary>A search answers many series under one id, told apart by their labels.</summary>
    public static string Of(string id, string label) => $"{id}\n{label}";

    /// <returns>How many data points were added.</returns>
    public int Add(JsonElement result)
    {
        var before = _values.Count;
        Append(result, "Timestamps"u8, _timestamps);
        Append(result, "Values"u8, _values);
        Append(result, "Messages"u8, _messages);
        _status = result.TryGetProperty("StatusCode"u8, out var status) ? status.GetString() : _status;
        return _values.Count - before;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("Id"u8, id);
        json.WriteString("Label"u8, label);
        json.WriteString("StatusCode"u8, _status);
        Write("Timestamps"u8, _timestamps, json);
        Write("Values"u8, _values, json);
        Write("Messages"u8, _messages, json);
        json.WriteEndObject();
    }

    private static void Append(JsonElement result, ReadOnlySpan<byte> name, List<JsonElement> list)
    {
        if (result.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Array)
        {
            list.AddRange(values.EnumerateArray());
        }
    }

    private static void Write(ReadOnlySpan<byte> name, List<JsonElement> values, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            value.WriteTo(json);
        }

        json.WriteEndArray();
    }
}
