using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;
using CentralOps.Tools.Listings;

namespace CentralOps.Tools.Fleet;

internal enum SlotState
{
    Waiting,
    Begun,
    Done,
}

/// <summary>What is to be done in one account: it is opened, then its places are read. State changes under the lock of <see cref="FleetRun"/>.</summary>
internal abstract class Slot
{
    public SlotState State { get; set; }

    /// <summary>Who waits for it to be done.</summary>
    public TaskCompletionSource? Waiter { get; set; }
}

/// <param name="index">In the plan.</param>
internal sealed class AccountSlot(int index, Account account) : Slot
{
    public int Index => index;

    public Account Account => account;

    /// <summary>Null until it is opened, and for a tool that enters by itself.</summary>
    public OpenAccount? Door { get; set; }

    /// <summary>Known once it is opened.</summary>
    public IReadOnlyList<PlaceSlot> Places { get; set; } = [];

    /// <summary>Why it could not be opened.</summary>
    public Refusal? Refusal { get; set; }

    public FleetFailure Failure(Refusal refusal) => new(account.Id, null, null, refusal);
}

/// <param name="index">In the account.</param>
internal sealed class PlaceSlot(AccountSlot account, int index, FleetPlace place) : Slot
{
    private List<PageStep>? _steps;
    private List<FleetFailure>? _failures;

    public AccountSlot Account => account;

    public int Index => index;

    public FleetPlace Place => place;

    /// <summary>Where it is gone on with.</summary>
    public PageMark From { get; init; }

    /// <summary>Items that earlier answers gave of it.</summary>
    public long Given { get; init; }

    /// <summary>What was read and is kept.</summary>
    public IReadOnlyList<PageStep> Steps => _steps ?? (IReadOnlyList<PageStep>)[];

    /// <summary>What could not be read, of the place or from the end of its items on.</summary>
    public IReadOnlyList<FleetFailure> Failures => _failures ?? (IReadOnlyList<FleetFailure>)[];

    /// <summary>Where reading ended that had enough; null where it came to the end.</summary>
    public PageMark? Rest { get; set; }

    /// <summary>Items read.</summary>
    public long Items { get; set; }

    /// <summary>Of the items that are kept.</summary>
    public long Bytes { get; private set; }

    /// <summary>The region it turned out to be of, and what is to be said of the session.</summary>
    public Answers.AnswerPlace? Answered { get; set; }

    public void Keep(PageStep step)
    {
        (_steps ??= []).Add(step);
        Bytes += step.Items.Length;
    }

    public void Fail(string? part, Refusal refusal) => (_failures ??= []).Add(new FleetFailure(place.Account.Id, place.RegionText, part, refusal));

    /// <summary>Forgets what was read, where it is not needed any more.</summary>
    public void Drop() => _steps = null;
}
