using CentralOps.Gateway.Catalog;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>Ranks tools by how near their embeddings are to a query's. Where that cannot be had in time there is no ranking, never an error.</summary>
internal sealed partial class MeaningRank(EmbeddingOptions options, ToolEmbeddings embeddings, TimeProvider time, ILogger<MeaningRank> log)
{
    private const int MaxQueryChars = 2048;

    /// <summary>Queries under way at once; a model that hangs holds no more.</summary>
    private const int MaxAtOnce = 16;

    private const int FailuresBeforeRest = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private int _underWay;
    private int _failures;
    private long _restsFrom;

    public ToolEmbeddings Embeddings => embeddings;

    public static MeaningRank Of(EmbeddingOptions options, TimeProvider time, ILoggerFactory logging) =>
        new(options, new ToolEmbeddings(options, time, logging.CreateLogger<ToolEmbeddings>()), time, logging.CreateLogger<MeaningRank>());

    /// <returns>The nearest first; empty where the query's embedding did not come.</returns>
    public async ValueTask<IReadOnlyList<CatalogTool>> RankAsync(IReadOnlyList<CatalogTool> tools, string query, int most, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query) || Resting)
        {
            return [];
        }

        if (await EmbedAsync(query.Length > MaxQueryChars ? query[..MaxQueryChars] : query, cancellationToken) is not { } wanted)
        {
            return [];
        }

        var near = new List<(float Nearness, CatalogTool Tool)>(tools.Count);
        foreach (var tool in tools)
        {
            if (embeddings.Of(tool) is { } vector && vector.Length == wanted.Length)
            {
                near.Add((Vectors.Product(vector, wanted), tool));
            }
        }

        return [.. near.OrderByDescending(entry => entry.Nearness).ThenBy(entry => entry.Tool.Name, StringComparer.Ordinal).Take(most).Select(entry => entry.Tool)];
    }

    // After failures in a row the model is left alone for a while: nobody should wait for a deadline that is never met.
    private bool Resting => Volatile.Read(ref _failures) >= FailuresBeforeRest && time.GetElapsedTime(Volatile.Read(ref _restsFrom)) < Rest;

    private async Task<float[]?> EmbedAsync(string query, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _underWay) > MaxAtOnce)
        {
            Interlocked.Decrement(ref _underWay);
            return null;
        }

        var running = GenerateAsync(query, cancellationToken);
        try
        {
            // A generator that does not listen to its token is left behind; its place is free again when it ends.
            var vector = await running.WaitAsync(options.QueryDeadline, time, cancellationToken);
            Volatile.Write(ref _failures, 0);
            return vector;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Volatile.Write(ref _restsFrom, time.GetTimestamp());
            if (Interlocked.Increment(ref _failures) == FailuresBeforeRest)
            {
                WordsAlone(e, FailuresBeforeRest, Rest.TotalSeconds);
            }

            return null;
        }
    }

    private async Task<float[]?> GenerateAsync(string query, CancellationToken cancellationToken)
    {
        try
        {
            using var deadline = new CancellationTokenSource(options.QueryDeadline, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            var made = await options.Generator.GenerateAsync([query], cancellationToken: either.Token);
            return made.Count == 1 ? Vectors.Normalize(made[0].Vector.Span) : throw new EmbeddingException($"The model answered one text with {made.Count} embeddings.");
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The model that embeds queries failed or was late {Failures} times in a row. For {Seconds} s tools are searched by words alone.")]
    private partial void WordsAlone(Exception exception, int failures, double seconds);
}
