using CentralOps.Gateway.Catalog;
using CentralOps.Gateway.Discovery.Embeddings;

namespace CentralOps.Gateway.Discovery;

/// <summary>How one gateway is searched: by words always, by meaning too where it has embeddings. Safe for concurrent use.</summary>
/// <param name="results">Tools in an answer at most.</param>
/// <param name="quota">Null where searches are not counted.</param>
/// <param name="meaning">Null where there are no embeddings.</param>
internal sealed class ToolSearch(int results, SearchQuota? quota, MeaningRank? meaning) : IAsyncDisposable
{
    /// <summary>How far down each ranking is read before they are fused.</summary>
    private const int FusedDepth = 50;

    public SearchQuota? Quota => quota;

    /// <returns>Null where the gateway has no search.</returns>
    public static ToolSearch? Of(GatewayConfig gateway, GatewayOptions options)
    {
        if (!gateway.Search)
        {
            return null;
        }

        var quota = gateway.Switches.SearchPerMinute is { } perMinute ? new SearchQuota(perMinute, options.Time) : null;
        return new(gateway.Switches.SearchResults, quota, options.Embeddings is { } embeddings ? MeaningRank.Of(embeddings, options.Time, options.Logging) : null);
    }

    /// <summary>Says which tools the gateway has now, all callers' together: their embeddings are made behind its back.</summary>
    public void Track(IReadOnlyList<CatalogTool> tools) => meaning?.Embeddings.Want(tools);

    public ValueTask DisposeAsync() => meaning?.Embeddings.DisposeAsync() ?? ValueTask.CompletedTask;

    public async ValueTask<IReadOnlyList<CatalogTool>> FindAsync(ToolIndex index, string query, CancellationToken cancellationToken)
    {
        if (meaning is null)
        {
            return index.Search(query, results);
        }

        // The words are ranked while the query's embedding is on its way. Without it they are the answer.
        var ranking = meaning.RankAsync(index.Tools, query, FusedDepth, cancellationToken);
        var byWords = index.Search(query, Math.Max(FusedDepth, results));
        var byMeaning = await ranking;
        return byMeaning.Count == 0 ? [.. byWords.Take(results)] : RankFusion.Fuse(byWords, byMeaning, results);
    }
}
