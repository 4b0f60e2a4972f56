namespace CentralOps.Accounts.Quotas;

/// <summary>Something that a call needs one of, and who waits for it.</summary>
internal abstract class Scarce
{
    /// <summary>Lines that cannot go on for want of it.</summary>
    public Turns Waiting { get; } = new();

    /// <summary>How many lines were called up for it and are on their way: so many are kept from newcomers.</summary>
    public int Promised { get; set; }

    /// <summary>How many could be had now.</summary>
    public abstract int Free(TimeSpan now);

    /// <summary>Takes one, which has to be free.</summary>
    public abstract void Take(TimeSpan now);
}

/// <summary>So many calls at once.</summary>
internal sealed class Places(int limit) : Scarce
{
    public int Used { get; private set; }

    /// <summary>Lanes that lead through here; without any it is forgotten.</summary>
    public int Lanes { get; set; }

    public override int Free(TimeSpan now) => limit - Used;

    public override void Take(TimeSpan now) => Used++;

    public void GiveBack() => Used--;
}
