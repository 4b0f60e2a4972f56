using CentralOps.Accounts.Refusals;

namespace CentralOps.Tools.Fleet;

/// <summary>
/// Works through a plan: as many pieces at once as are of use, in order, until all are done, or it is stopped, or the time is up. A place that fails fails alone; a
/// fault ends everything and comes out of <see cref="EndAsync"/>.
/// </summary>
internal sealed class FleetRun : IDisposable
{
    private readonly Lock _gate = new();
    private readonly WorkQueue _queue;
    private readonly PlaceReader _reader;
    private readonly IPlaceTaker _taker;
    private readonly FleetClock _clock;
    private readonly ProgressReport _progress;
    private readonly int _width;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancelled;
    private readonly CancellationTokenRegistration _timeUp;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _workers;
    private int _underWay;
    private bool _isStopped;
    private Exception? _fault;

    /// <param name="width">Pieces at once.</param>
    public FleetRun(WorkQueue queue, PlaceReader reader, IPlaceTaker taker, FleetClock clock, ProgressReport progress, int width, CancellationToken cancellationToken)
    {
        (_queue, _reader, _taker, _clock, _progress, _width) = (queue, reader, taker, clock, progress, width);
        _cancelled = cancellationToken;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, clock.TimeUp);
        _timeUp = _stop.Token.UnsafeRegister(static run => ((FleetRun)run!).Stop(), this);
    }

    public IReadOnlyList<AccountSlot> Accounts => _queue.Accounts;

    /// <summary>The last account and place in order that were begun.</summary>
    public (int Account, int Place) LastBegun => _queue.LastBegun;

    /// <summary>Begins as much as may be begun now: at the start, and when the taker has room again.</summary>
    public void Wake()
    {
        var begun = 0;
        lock (_gate)
        {
            while (_workers < _width && begun < _width && MayTake(_underWay + begun))
            {
                _workers++;
                begun++;
            }

            EndWhenIdle();
        }

        for (; begun > 0; begun--)
        {
            _ = Task.Run(WorkAsync, CancellationToken.None);
        }
    }

    public bool IsDone(Slot slot)
    {
        lock (_gate)
        {
            return slot.State == SlotState.Done;
        }
    }

    /// <summary>Waits until a piece is done, or nothing will be done any more.</summary>
    /// <returns>Whether it is done.</returns>
    public async Task<bool> SettledAsync(Slot slot, CancellationToken cancellationToken)
    {
        Task done;
        lock (_gate)
        {
            if (slot.State == SlotState.Done || _ended.Task.IsCompleted)
            {
                return slot.State == SlotState.Done;
            }

            slot.Waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            done = slot.Waiter.Task;
        }

        await Task.WhenAny(done, _ended.Task).WaitAsync(cancellationToken);
        lock (_gate)
        {
            return slot.State == SlotState.Done;
        }
    }

    /// <summary>Begins nothing any more and breaks off what is under way.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            EndWhenIdle();
        }

        _stop.Cancel();
    }

    /// <summary>Waits until nothing is under way any more, and there is nothing left or it was stopped. A fault of a piece is thrown here.</summary>
    /// <param name="cancellationToken">The one that the run was begun with: what is under way ends by it too, and is waited for.</param>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _ended.Task;
        cancellationToken.ThrowIfCancellationRequested();
        if (_fault is { } fault)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }
    }

    public void Dispose()
    {
        _timeUp.Dispose();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (Take() is { } slot)
        {
            try
            {
                await WorkAsync(slot);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // A piece that was broken off is not done; one that the time ran out for is, and says so.
                Finish(slot, isDone: false);
            }
            catch (Exception fault)
            {
                _fault ??= fault;
                Finish(slot, isDone: false);
                Stop();
            }
        }
    }

    private async Task WorkAsync(Slot slot)
    {
        try
        {
            await (slot is AccountSlot account
                ? _reader.OpenAsync(account, _stop.Token)
                : _reader.ReadAsync((PlaceSlot)slot, _taker, _stop.Token));
        }
        catch (OperationCanceledException) when (_clock.IsTimeUp && !_cancelled.IsCancellationRequested && _fault is null)
        {
            Fail(slot, new Refusal.OutOfTime(_clock.Allowed));
        }

        Finish(slot, isDone: true);
    }

    private static void Fail(Slot slot, Refusal refusal)
    {
        if (slot is AccountSlot account)
        {
            account.Refusal = refusal;
            return;
        }

        ((PlaceSlot)slot).Fail(null, refusal);
    }

    private Slot? Take()
    {
        lock (_gate)
        {
            if (MayTake(_underWay))
            {
                _underWay++;
                return _queue.Take();
            }

            _workers--;
            EndWhenIdle();
            return null;
        }
    }

    private bool MayTake(int underWay) => !_isStopped && !_queue.IsEmpty && _taker.MayBegin(underWay);

    private void Finish(Slot slot, bool isDone)
    {
        var hasMore = false;
        lock (_gate)
        {
            _underWay--;
            if (!isDone)
            {
                return;
            }

            slot.State = SlotState.Done;
            slot.Waiter?.TrySetResult();
            if (slot is AccountSlot { Refusal: null } opened)
            {
                _queue.AddPlaces(opened);
                hasMore = opened.Places.Count > 1;
            }
            else
            {
                _taker.Finished((slot as PlaceSlot)?.Bytes ?? 0, (slot as PlaceSlot)?.Items ?? 0);
                hasMore = true;
            }

            _progress.Note(slot);
        }

        _progress.Report();
        if (hasMore)
        {
            Wake();
        }
    }

    private void EndWhenIdle()
    {
        if (_workers == 0 && (_isStopped || _queue.IsEmpty))
        {
            _ended.TrySetResult();
        }
    }
}
