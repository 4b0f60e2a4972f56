using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Aggregation;

/// <summary>
/// Groups of rows, made while rows come in, in any order and from any thread; rows themselves are not kept. Every group that is told is exact: where there are more than
/// can be kept, rows of those that came last are told together.
/// </summary>
internal sealed class Aggregate
{
    public const int MaxGroups = 10_000;
    public const long MaxBytes = 16 * 1024 * 1024;

    private readonly AggregateQuestion _question;
    private readonly int _maxGroups;
    private readonly Lock _gate = new();
    private readonly TallyBudget _budget;
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private Group? _spilled;
    private long _unjudged;
    private string? _problem;

    public Aggregate(AggregateQuestion question, int maxGroups = MaxGroups, long maxBytes = MaxBytes)
    {
        _question = question;
        _maxGroups = maxGroups;
        _budget = new TallyBudget(maxBytes);
    }

    /// <summary>Rows that were counted.</summary>
    public long RowCount { get; private set; }

    /// <param name="rows">A list of rows, each an object.</param>
    public void Add(JsonElement rows, CancellationToken cancellationToken)
    {
        var key = new ArrayBufferWriter<byte>(256);
        var values = new JsonElement[_question.Measures.Count];
        foreach (var row in rows.EnumerateArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsMeant(row, cancellationToken))
            {
                Add(row, key, values);
            }
        }
    }

    /// <summary>What came in so far.</summary>
    public AggregateResult Finish()
    {
        lock (_gate)
        {
            // 1. Ordered, and cut. What is not grouped is one group, also of nothing.
            if (_question.GroupBy.Count == 0)
            {
                GroupOf("[]");
            }

            var ordered = _groups.Values.Order(_question.Order).ToList();
            var told = ordered.Take(_question.Top).ToList();

            // 2. What is not told by itself is told together.
            var cut = ordered.Skip(_question.Top).ToList();
            Group? other = null;
            if (cut.Count > 0 || _spilled is not null)
            {
                other = NewGroup("");
                cut.ForEach(other.Merge);
                if (_spilled is not null)
                {
                    other.Merge(_spilled);
                }
            }

            return new AggregateResult(_question, told, other, ordered.Count, cut.Count, _spilled is not null, RowCount) { Unjudged = (_unjudged, _problem) };
        }
    }

    /// <summary>A row over which the condition cannot be judged, because a member has another type there, is not meant; how many there were is told.</summary>
    private bool IsMeant(JsonElement row, CancellationToken cancellationToken)
    {
        if (_question.Where is not { } where)
        {
            return true;
        }

        if (where.Test(row, out var isTrue, cancellationToken) is not { } problem)
        {
            return isTrue;
        }

        lock (_gate)
        {
            _unjudged++;
            _problem ??= problem.Message;
        }

        return false;
    }

    private void Add(JsonElement row, ArrayBufferWriter<byte> buffer, JsonElement[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = _question.Measures[index].Path?.Of(row) ?? default;
        }

        var key = KeyOf(row, buffer);
        lock (_gate)
        {
            RowCount++;
            GroupOf(key).Add(values);
        }
    }

    private string KeyOf(JsonElement row, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, RefusalAnswer.Json))
        {
            json.WriteStartArray();
            foreach (var (_, path) in _question.GroupBy)
            {
                if (path.Of(row) is { ValueKind: not JsonValueKind.Undefined } value)
                {
                    value.WriteTo(json);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private Group GroupOf(string key)
    {
        if (_groups.TryGetValue(key, out var group))
        {
            return group;
        }

        if (_groups.Count >= _maxGroups || !_budget.TryTake(key.Length))
        {
            return _spilled ??= NewGroup("");
        }

        return _groups[key] = NewGroup(key);
    }

    private Group NewGroup(string key) => new(key, [.. _question.Measures.Select(measure => measure.Begin(_budget))]);
}
