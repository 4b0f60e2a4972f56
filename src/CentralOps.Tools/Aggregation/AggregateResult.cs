using System.Buffers;
using System.Text.Json;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Aggregation;

/// <summary>Groups as they are told.</summary>
/// <param name="Other">All groups that are not told, as one; null where all are.</param>
/// <param name="GroupCount">Groups that were kept.</param>
/// <param name="OtherCount">How many of these are in <paramref name="Other"/>.</param>
/// <param name="HasSpilled">There were more groups than can be kept; their rows are in <paramref name="Other"/>.</param>
internal sealed record AggregateResult(AggregateQuestion Question, IReadOnlyList<Group> Groups, Group? Other, int GroupCount, int OtherCount, bool HasSpilled, long RowCount)
{
    /// <summary>Rows over which the condition could not be judged, and why not.</summary>
    public (long Rows, string? Problem) Unjudged { get; init; }

    public IReadOnlyList<string> Columns => [.. Question.GroupBy.Select(static one => one.Name), .. Question.Measures.Select(static measure => measure.Name)];

    /// <summary>The groups as a list of objects.</summary>
    public JsonElement Rows()
    {
        var output = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(output, RefusalAnswer.Json))
        {
            json.WriteStartArray();
            foreach (var group in Groups)
            {
                json.WriteStartObject();
                for (var index = 0; index < Question.GroupBy.Count; index++)
                {
                    json.WritePropertyName(Question.GroupBy[index].Name);
                    group.Values[index].WriteTo(json);
                }

                WriteMeasures(group, json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return JsonElement.Parse(output.WrittenSpan);
    }

    public void WriteOther(Utf8JsonWriter json)
    {
        if (Other is null)
        {
            json.WriteNull("other"u8);
            return;
        }

        json.WriteStartObject("other"u8);
        json.WriteNumber("group_count"u8, OtherCount);
        WriteMeasures(Other, json);
        json.WriteEndObject();
    }

    /// <summary>Where figures are not what they seem, in sentences.</summary>
    public IEnumerable<string> Notes()
    {
        if (HasSpilled)
        {
            yield return $"There are more than {GroupCount} groups. Those told are exact; rows of groups that came after these are in other, so a larger group may be missing: narrow with where, or group by less.";
        }

        if (Unjudged.Rows > 0)
        {
            yield return $"where could not be judged over {Unjudged.Rows} rows, which are left out. {Unjudged.Problem}";
        }

        for (var index = 0; index < Question.Measures.Count; index++)
        {
            var (name, tallies) = (Question.Measures[index].Name, Groups.Append(Other).OfType<Group>().Select(group => group.Tallies[index]).ToList());
            if (tallies.Sum(static tally => tally.Ignored) is > 0 and var ignored)
            {
                yield return $"{name}: {ignored} values of another type (such as text among numbers) are not in it.";
            }

            if (tallies.Exists(static tally => tally.Flaw == TallyFlaw.AtLeast))
            {
                yield return $"{name}: in some groups there are more values than could be kept or told; take it as at least.";
            }

            if (tallies.Exists(static tally => tally.Flaw == TallyFlaw.TooLarge))
            {
                yield return $"{name}: null where it would have more than 28 digits.";
            }
        }
    }

    private void WriteMeasures(Group group, Utf8JsonWriter json)
    {
        for (var index = 0; index < Question.Measures.Count; index++)
        {
            json.WritePropertyName(Question.Measures[index].Name);
            group.Tallies[index].Write(json);
        }
    }
}
