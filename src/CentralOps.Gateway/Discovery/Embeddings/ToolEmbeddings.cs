using System.Collections.Concurrent;
using System.Collections.Frozen;
using CentralOps.Gateway.Catalog;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Discovery.Embeddings;

/// <summary>
/// The embeddings of one gateway's tools, computed behind its back: what is kept is read, what is new or changed is computed in batches, and what fails
/// is tried again, ever later. Nothing waits for it.
/// </summary>
internal sealed partial class ToolEmbeddings : IAsyncDisposable
{
    private const int MaxRefusals = 3;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly EmbeddingOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Task _work;
    private volatile FrozenDictionary<string, Wanted> _wanted = FrozenDictionary<string, Wanted>.Empty;
    private volatile ConcurrentDictionary<EmbeddingKey, float[]> _vectors = [];

    public ToolEmbeddings(EmbeddingOptions options, TimeProvider time, ILogger<ToolEmbeddings> log)
    {
        (_options, _time, _log) = (options, time, log);
        _work = Task.Run(() => WorkAsync(_stop.Token));
    }

    /// <summary>Tools that have none yet.</summary>
    public int Missing => _wanted.Values.Count(wanted => !_vectors.ContainsKey(wanted.Key) && !wanted.IsGivenUp);

    /// <summary>Says which tools there are now. Waits for no model and no store.</summary>
    public void Want(IReadOnlyList<CatalogTool> tools)
    {
        var before = _wanted;
        var wanted = tools.Where(tool => tool.IsSearchable).Select(tool => (tool.Name, Text: ToolWords.Of(tool).Prose())).ToFrozenDictionary(
            tool => tool.Name,
            tool => before.TryGetValue(tool.Name, out var same) && string.Equals(same.Text, tool.Text, StringComparison.Ordinal) ? same : new Wanted(EmbeddingKey.Of(_options.Model, tool.Text), tool.Text),
            StringComparer.Ordinal);
        var keys = wanted.Values.Select(tool => tool.Key).ToHashSet();
        _wanted = wanted;
        _vectors = new(_vectors.Where(vector => keys.Contains(vector.Key)));
        _wake.Release();
    }

    /// <summary>The tool's embedding, of length one; null until there is one.</summary>
    public float[]? Of(CatalogTool tool) => _wanted.TryGetValue(tool.Name, out var wanted) ? _vectors.GetValueOrDefault(wanted.Key) : null;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        var (size, wait) = (_options.BatchSize, TimeSpan.Zero);
        while (true)
        {
            // 1. Wait until there is something to do, or for as long as the last failure asks.
            var batch = Next(size);
            if (batch.Count == 0)
            {
                await _wake.WaitAsync(cancellationToken);
                continue;
            }

            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, cancellationToken);
            }

            // 2. A batch. Behind a failure the next ones are single texts, so that one which a model refuses does not hold up the others.
            try
            {
                await ComputeAsync(batch, cancellationToken);
                (size, wait) = (Math.Min(_options.BatchSize, size * 2), TimeSpan.Zero);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                (size, wait) = (1, wait == TimeSpan.Zero ? FirstWait : TimeSpan.FromTicks(Math.Min(2 * wait.Ticks, LongestWait.Ticks)));
                BatchFailed(e, batch.Count, wait.TotalSeconds);
                Count(batch, e);
            }
        }
    }

    private List<Wanted> Next(int size) =>
        [.. _wanted.Values.Where(wanted => !wanted.IsGivenUp && !_vectors.ContainsKey(wanted.Key)).OrderBy(wanted => wanted.Failures).DistinctBy(wanted => wanted.Key).Take(size)];

    // Whatever failed comes last the next time. Only what the model refused for its own sake is given up: an outage is nobody's fault.
    private void Count(List<Wanted> batch, Exception failure)
    {
        if (batch is not [var single])
        {
            return;
        }

        single.Failures++;
        if (failure is EmbeddingException { IsOfText: true } && ++single.Refusals == MaxRefusals)
        {
            GaveUp(MaxRefusals);
        }
    }

    private async Task ComputeAsync(List<Wanted> batch, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.BatchDeadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var missing = new List<Wanted>();
        foreach (var wanted in batch)
        {
            if (await _options.Store.FindAsync(wanted.Key, either.Token) is { } kept && Vectors.Normalize(kept) is { } vector)
            {
                _vectors[wanted.Key] = vector;
                continue;
            }

            missing.Add(wanted);
        }

        if (missing.Count == 0)
        {
            return;
        }

        var made = await _options.Generator.GenerateAsync(missing.Select(wanted => wanted.Text), cancellationToken: either.Token).WaitAsync(_options.BatchDeadline, _time, cancellationToken);
        if (made.Count != missing.Count)
        {
            throw new EmbeddingException($"The model embedded {made.Count} texts of {missing.Count}.");
        }

        for (var i = 0; i < missing.Count; i++)
        {
            var vector = Vectors.Normalize(made[i].Vector.Span) ?? throw new EmbeddingException("The model answered with a vector that points nowhere.");
            _vectors[missing[i].Key] = vector;
            await _options.Store.KeepAsync(missing[i].Key, vector, either.Token);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Embeddings of {Count} tools could not be made. They are found by words alone; the next try is in {Seconds} s.")]
    private partial void BatchFailed(Exception exception, int count, double seconds);

    [LoggerMessage(LogLevel.Warning, "A tool's text was refused by the embedding model {Tries} times and is not tried again until its description changes. It is found by words alone.")]
    private partial void GaveUp(int tries);

    private sealed class Wanted(EmbeddingKey key, string text)
    {
        public EmbeddingKey Key => key;

        public string Text => text;

        /// <summary>Failures while it was alone in its batch.</summary>
        public int Failures { get; set; }

        /// <summary>Of these, the ones that were its text's.</summary>
        public int Refusals { get; set; }

        public bool IsGivenUp => Refusals >= MaxRefusals;
    }
}
