using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Fleet;

/// <summary>What is to be done next: the first place in order that is ready, else the next account to open. Used under the lock of <see cref="FleetRun"/>.</summary>
internal sealed class WorkQueue
{
    private readonly PriorityQueue<PlaceSlot, (int Account, int Place)> _ready = new();
    private readonly IReadOnlyList<AccountSlot> _accounts;
    private int _next;

    /// <param name="from">Where an earlier answer ended; accounts before it are not there.</param>
    public WorkQueue(FleetPlan plan, FleetMark? from)
    {
        var first = from is null ? 0 : plan.Accounts.TakeWhile(account => string.CompareOrdinal(account.Id.ToString(), from.Account) < 0).Count();
        _accounts = [.. plan.Accounts.Skip(first).Select(static (account, index) => new AccountSlot(index, account))];
    }

    public IReadOnlyList<AccountSlot> Accounts => _accounts;

    /// <summary>The last account and place in order that were begun; -1 for the place where only its account was.</summary>
    public (int Account, int Place) LastBegun { get; private set; } = (-1, -1);

    public bool IsEmpty => _ready.Count == 0 && _next == _accounts.Count;

    public Slot Take()
    {
        if (_ready.TryDequeue(out var place, out var order))
        {
            return Begin(place, order);
        }

        var account = _accounts[_next++];
        return Begin(account, (account.Index, -1));
    }

    public void AddPlaces(AccountSlot account)
    {
        foreach (var place in account.Places)
        {
            _ready.Enqueue(place, (account.Index, place.Index));
        }
    }

    private Slot Begin(Slot slot, (int Account, int Place) order)
    {
        slot.State = SlotState.Begun;
        LastBegun = order.CompareTo(LastBegun) > 0 ? order : LastBegun;
        return slot;
    }
}
