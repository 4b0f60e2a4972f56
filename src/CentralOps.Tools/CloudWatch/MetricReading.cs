using System.Text.Json;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Resources;

namespace CentralOps.Tools.CloudWatch;

/// <summary>Reads data points batch by batch and page by page up to a limit. What was read before a page failed is kept.</summary>
internal sealed class MetricReading(OpenAccount door, ToolSetting setting, IReadOnlyList<IReadOnlyList<MetricQuery>> batches, int period)
{
    public const string Operation = "cloudwatch:GetMetricData";

    private readonly Dictionary<string, MetricSeries> _byKey = new(StringComparer.Ordinal);
    private readonly List<MetricSeries> _series = [];
    private readonly List<JsonElement> _messages = [];
    private readonly List<Failure> _failures = [];
    private int _points;

    public IReadOnlyList<MetricSeries> Series => _series;

    /// <summary>What CloudWatch says of a whole call, such as that a search found more than it answers.</summary>
    public IReadOnlyList<JsonElement> Messages => _messages;

    public IReadOnlyList<Failure> Failures => _failures;

    /// <summary>Where to go on; null when all was read.</summary>
    public MetricPlace? Next { get; private set; }

    /// <param name="limit">Data points to read at most.</param>
    /// <returns>Why there is nothing at all.</returns>
    public async Task<Refusal?> ReadAsync(MetricPlace start, int limit, CancellationToken cancellationToken)
    {
        for (var place = start; place is not null;)
        {
            if (_points >= limit)
            {
                Next = place;
                return null;
            }

            var (refusal, token) = await ReadPageAsync(place, limit - _points, cancellationToken);
            if (refusal is not null && _points == 0)
            {
                return refusal;
            }

            if (refusal is not null)
            {
                _failures.Add(new Failure(null, refusal));
                Next = place;
                return null;
            }

            // A token that leads to its own page ends the batch: CloudWatch is asked no page twice.
            place = token is null || string.Equals(token, place.Token, StringComparison.Ordinal) ? After(place) : place with { Token = token };
        }

        return null;
    }

    private MetricPlace? After(MetricPlace place) => place.Batch + 1 < batches.Count ? place with { Batch = place.Batch + 1, Token = null } : null;

    private async Task<(Refusal? Refusal, string? Token)> ReadPageAsync(MetricPlace place, int points, CancellationToken cancellationToken)
    {
        WholeAnswer answer;
        try
        {
            answer = await WholeAnswer.AskAsync(door, Operation, place.Token, points, json => Write(place, json), cancellationToken);
        }
        catch (OperationCanceledException) when (_points > 0 && setting.IsTimeUp)
        {
            return (new Refusal.OutOfTime(setting.Call.TimeAllowed!.Value), null);
        }

        foreach (var result in answer.List("MetricDataResults"))
        {
            Take(result);
        }

        _messages.AddRange(answer.List("Messages"));
        return (answer.Refusal, answer.NextToken);
    }

    private void Take(JsonElement result)
    {
        var id = result.GetProperty("Id"u8).GetString()!;
        var label = result.TryGetProperty("Label"u8, out var text) ? text.GetString()! : "";
        if (!_byKey.TryGetValue(MetricSeries.Of(id, label), out var series))
        {
            series = new MetricSeries(id, label);
            _byKey.Add(series.Key, series);
            _series.Add(series);
        }

        _points += series.Add(result);
    }

    private void Write(MetricPlace place, Utf8JsonWriter json)
    {
        json.WriteStartArray("MetricDataQueries"u8);
        foreach (var query in batches[place.Batch])
        {
            query.Write(period, json);
        }

        json.WriteEndArray();
        json.WriteString("StartTime"u8, MetricTime.Text(place.Start));
        json.WriteString("EndTime"u8, MetricTime.Text(place.End));
    }
}
