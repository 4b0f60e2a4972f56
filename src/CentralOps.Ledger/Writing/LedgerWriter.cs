using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using CentralOps.Ledger.Records;
using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Stores;

namespace CentralOps.Ledger.Writing;

/// <summary>
/// One chain of records in one store. Calls that come at once are recorded together: while one batch is flushed, the next gathers. Waiting
/// is bounded in number and time; what cannot be recorded is refused.
/// </summary>
public sealed class LedgerWriter : ILedger, IAsyncDisposable
{
    private const int MaxBatch = 1024;
    private const int MaxKeptEnds = 100_000;

    private readonly ILedgerStore _store;
    private readonly LedgerOptions _options;
    private readonly ArgumentDigest _digest;
    private readonly SemaphoreSlim _places;
    private readonly SemaphoreSlim _work = new(0);
    private readonly ConcurrentQueue<Pending> _begins = new();
    private readonly ConcurrentQueue<PendingEnd> _ends = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private readonly List<PendingEnd> _kept = [];

    private ChainPosition _position = ChainPosition.Start;
    private string _writer;
    private int _part;
    private bool _isOpen;
    private bool _inTrouble;
    private readonly string _callPrefix;
    private long _calls;

    internal LedgerWriter(ILedgerStore store, LedgerOptions options)
    {
        (_store, _options) = (store, options);
        _digest = new ArgumentDigest(options.Key?.DigestKey ?? RandomNumberGenerator.GetBytes(32));
        _places = new SemaphoreSlim(options.MaxWaiting);
        _writer = _callPrefix = WriterId.New(options.Time.GetUtcNow());
        _loop = Task.Run(RunAsync);
    }

    public bool IsRecording => true;

    /// <summary>Files in a directory, heads in another.</summary>
    /// <exception cref="ArgumentException">There is no key: files without signed heads could be cut off unseen.</exception>
    public static LedgerWriter ToFiles(FileStoreOptions files, LedgerOptions options) =>
        options.Key is null ? throw new ArgumentException("Files need a key that their heads are signed with.", nameof(options)) : new(new FileStore(files), options);

    /// <summary>Lines on a stream, which is not closed.</summary>
    public static LedgerWriter ToStream(Stream stream, LedgerOptions options) => new(new StreamStore(stream), options);

    /// <summary>Log records for a collector of OpenTelemetry.</summary>
    public static LedgerWriter ToCollector(OtlpStoreOptions collector, HttpMessageInvoker http, LedgerOptions options) => new(new OtlpStore(collector, http), options);

    public async Task<LedgerEntry> BeginAsync(CallBegin begin, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.MaxWait, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken, _stop.Token);

        // 1. A place among those who wait.
        try
        {
            await _places.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooLong();
        }

        try
        {
            // 2. The record. Whoever goes away before it is taken leaves none; after that the writer ends it.
            var number = Interlocked.Increment(ref _calls);
            var pending = new Pending(string.Create(CultureInfo.InvariantCulture, $"{_callPrefix}/{number}"), begin, _options.Time.GetUtcNow());
            _begins.Enqueue(pending);
            _work.Release();
            return await RecordedAsync(pending, either.Token, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public async Task EndAsync(LedgerEntry entry, CallEnd end, CancellationToken cancellationToken)
    {
        if (!entry.TryEnd())
        {
            return;
        }

        var pending = new PendingEnd(entry.Call, end, _options.Time.GetUtcNow());
        _ends.Enqueue(pending);
        _work.Release();
        if (_store.KeepsAnswersWaiting)
        {
            await pending.Recorded.Task.WaitAsync(_options.MaxWait, _options.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Records what waits, and closes the chain.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        _work.Release();
        await _loop;
        await _store.DisposeAsync();
    }

    private async Task<LedgerEntry> RecordedAsync(Pending pending, CancellationToken either, CancellationToken caller)
    {
        try
        {
            return await pending.Recorded.WaitAsync(either);
        }
        catch (OperationCanceledException)
        {
            if (!pending.TryLeave())
            {
                return await pending.Recorded;
            }

            caller.ThrowIfCancellationRequested();
            throw TooLong();
        }
    }

    private LedgerUnavailableException TooLong() => new(_stop.IsCancellationRequested
        ? "the ledger is closed"
        : string.Create(CultureInfo.InvariantCulture, $"the ledger did not take it within {_options.MaxWait.TotalSeconds:0.#} s"));

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await WaitForWorkAsync();
            await CommitAsync(closing: false);
        }

        await CommitAsync(closing: true);
        while (!_ends.IsEmpty && _kept.Count == 0)
        {
            await CommitAsync(closing: true);
        }
    }

    private async Task WaitForWorkAsync()
    {
        // Ends that could not be written come again by themselves.
        var patience = _kept.Count > 0 ? _options.RetryAfter : Timeout.InfiniteTimeSpan;
        using var again = new CancellationTokenSource(patience, _options.Time);
        try
        {
            await _work.WaitAsync(again.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        while (_work.Wait(0, CancellationToken.None))
        {
            // One batch takes all that has gathered.
        }
    }

    private async Task CommitAsync(bool closing)
    {
        // 1. What has gathered: ends first, for their calls are over.
        var ends = new List<PendingEnd>(_kept);
        while (ends.Count < MaxBatch && _ends.TryDequeue(out var end))
        {
            ends.Add(end);
        }

        var begins = new List<Pending>();
        while (begins.Count < MaxBatch && _begins.TryDequeue(out var begin))
        {
            if (begin.TryTake())
            {
                begins.Add(begin);
            }
        }

        closing &= _ends.IsEmpty && _begins.IsEmpty && (_isOpen || begins.Count + ends.Count > 0);
        if (begins.Count + ends.Count == 0 && !closing)
        {
            return;
        }

        // 2. All of it in the store, or nothing.
        var problem = await StoreAsync(begins, ends, closing);

        // 3. Tell those who wait.
        Settle(begins, ends, problem);

        // 4. What did not fit into the batch. Ends alone are no hurry where nothing can be written: they come again with the kept ones.
        if (!_begins.IsEmpty || (problem is null && !_ends.IsEmpty))
        {
            _work.Release();
        }
    }

    private async Task<LedgerUnavailableException?> StoreAsync(List<Pending> begins, List<PendingEnd> ends, bool closing)
    {
        var now = _options.Time.GetUtcNow();
        var opens = !_isOpen || _store.WantsNewPart(now);
        var part = opens ? _part + 1 : _part;
        var lines = new RecordLines(_position);
        try
        {
            if (opens)
            {
                WriterRecords.AddOpen(lines, now, _writer, part, _options.Key?.Id);
            }

            ends.ForEach(end => CallRecords.AddEnd(lines, end.At, end.Call, end.End));
            begins.ForEach(begin => CallRecords.AddBegin(lines, begin.At, begin.Call, begin.Begin, _digest));
            if (closing)
            {
                WriterRecords.AddClose(lines, now);
            }

            var head = _options.Key is { } key ? Head.Sign(_writer, part, lines.Position.Next - 1, lines.Position.Previous, now, key) : null;
            using var limit = new CancellationTokenSource(_options.MaxWait, _options.Time);
            await _store.AppendAsync(new Batch(_writer, part, opens, now, lines.Written, head), limit.Token);
            (_position, _part, _isOpen, _inTrouble) = (lines.Position, part, true, false);
            return null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            var why = failure switch
            {
                IOException => failure.Message,
                OperationCanceledException => "its store does not answer in time",
                _ => failure.GetType().Name,
            };
            if (!_inTrouble)
            {
                _options.Report($"The ledger cannot be written ({why}): calls are refused until it can.");
            }

            _inTrouble = true;
            if (!_store.TakesBack)
            {
                // What of it has arrived is not known: another chain begins.
                (_writer, _position, _part, _isOpen) = (WriterId.New(now), ChainPosition.Start, 0, false);
            }

            return new LedgerUnavailableException(why, failure);
        }
    }

    private void Settle(List<Pending> begins, List<PendingEnd> ends, LedgerUnavailableException? problem)
    {
        _kept.Clear();
        if (problem is not null)
        {
            begins.ForEach(begin => begin.Fail(problem));
            _kept.AddRange(ends.Take(MaxKeptEnds));
            return;
        }

        ends.ForEach(static end => end.Recorded.SetResult());
        foreach (var begin in begins.Where(static begin => !begin.TryComplete()))
        {
            // Whoever asked has gone while it was written: nothing was done for it.
            var now = _options.Time.GetUtcNow();
            var end = new CallEnd { Outcome = CallOutcomeKind.Cancelled, Stage = "ledger", Duration = now - begin.At };
            _ends.Enqueue(new PendingEnd(begin.Call, end, now));
            _work.Release();
        }
    }
}
