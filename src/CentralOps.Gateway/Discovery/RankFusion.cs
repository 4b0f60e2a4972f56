using CentralOps.Gateway.Catalog;

namespace CentralOps.Gateway.Discovery;

/// <summary>
/// One ranking of two, by their places alone, since scores of words and of meaning do not compare: reciprocal rank fusion (Cormack, Clarke and
/// Büttcher, SIGIR 2009), with the constant that they found.
/// </summary>
internal static class RankFusion
{
    private const double Damping = 60;

    /// <returns>The best of both first; equal ones by name.</returns>
    public static IReadOnlyList<CatalogTool> Fuse(IReadOnlyList<CatalogTool> one, IReadOnlyList<CatalogTool> other, int limit)
    {
        var scores = new Dictionary<CatalogTool, double>(one.Count + other.Count);
        Add(one, scores);
        Add(other, scores);
        return [.. scores.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key.Name, StringComparer.Ordinal).Take(limit).Select(entry => entry.Key)];
    }

    private static void Add(IReadOnlyList<CatalogTool> ranking, Dictionary<CatalogTool, double> scores)
    {
        for (var place = 0; place < ranking.Count; place++)
        {
            scores[ranking[place]] = scores.GetValueOrDefault(ranking[place]) + (1 / (Damping + place + 1));
        }
    }
}
