namespace CentralOps.Tools.CloudWatch;

/// <summary>Queries in as many calls as it takes: CloudWatch answers 500 at once, and an expression only with what it speaks of.</summary>
internal static class QueryBatches
{
    /// <summary>What GetMetricData takes at once.</summary>
    public const int Size = 500;

    /// <summary>Null where queries that belong together are more than fit one call.</summary>
    public static IReadOnlyList<IReadOnlyList<MetricQuery>>? Of(IReadOnlyList<MetricQuery> queries)
    {
        if (queries.Count <= Size)
        {
            return [queries];
        }

        var groups = Groups(queries);
        if (groups.Exists(static group => group.Count > Size))
        {
            return null;
        }

        var batches = new List<List<MetricQuery>> { new() };
        foreach (var group in groups)
        {
            if (batches[^1].Count + group.Count > Size)
            {
                batches.Add([]);
            }

            batches[^1].AddRange(group);
        }

        return batches;
    }

    /// <summary>Queries that speak of each other, directly or over others.</summary>
    private static List<List<MetricQuery>> Groups(IReadOnlyList<MetricQuery> queries)
    {
        var at = queries.Select(static (query, index) => (query.Id, index)).ToDictionary(static pair => pair.Id, static pair => pair.index, StringComparer.Ordinal);
        var group = Enumerable.Range(0, queries.Count).ToArray();
        for (var index = 0; index < queries.Count; index++)
        {
            foreach (var other in SpokenOf(queries[index].Expression, at))
            {
                group[Root(group, other)] = Root(group, index);
            }
        }

        return [.. Enumerable.Range(0, queries.Count).GroupBy(index => Root(group, index)).Select(one => one.Select(index => queries[index]).ToList())];
    }

    private static IEnumerable<int> SpokenOf(string? expression, Dictionary<string, int> at)
    {
        if (expression is null)
        {
            return [];
        }

        // METRICS() means every metric of the call.
        var words = expression.Split([.. expression.Where(static c => !char.IsAsciiLetterOrDigit(c) && c is not '_').Distinct()], StringSplitOptions.RemoveEmptyEntries);
        return words.Contains("METRICS", StringComparer.Ordinal) ? at.Values : words.Where(at.ContainsKey).Select(word => at[word]);
    }

    private static int Root(int[] group, int index)
    {
        while (group[index] != index)
        {
            index = group[index] = group[group[index]];
        }

        return index;
    }
}
