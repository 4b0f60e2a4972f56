using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Budgets;

/// <summary>What a question has cost so far. Not for two threads at once.</summary>
internal sealed class Spending(Budget budget, TimeProvider time)
{
    private const int CharactersOfToken = 4;

    private readonly long _begun = time.GetTimestamp();

    public int Turns { get; private set; }

    public int Calls { get; private set; }

    public long InputTokens { get; private set; }

    public long OutputTokens { get; private set; }

    public TimeSpan Elapsed => time.GetElapsedTime(_begun);

    public TimeSpan TimeLeft => budget.Time - Elapsed;

    public long TokensLeft => budget.Tokens - InputTokens - OutputTokens;

    /// <summary>What ends the question here and now; null where another turn may be taken.</summary>
    public BudgetKind? Spent => TimeLeft <= TimeSpan.Zero ? BudgetKind.Time : TokensLeft <= 0 ? BudgetKind.Tokens : null;

    /// <param name="read">Characters that went to the model; counted where it does not tell its tokens.</param>
    public void AddTurn(UsageDetails? usage, long read, long written)
    {
        Turns++;
        InputTokens += Math.Max(0, usage?.InputTokenCount ?? (read / CharactersOfToken));
        OutputTokens += Math.Max(0, usage?.OutputTokenCount ?? (written / CharactersOfToken));
    }

    public bool TurnsAreSpent => Turns >= budget.Turns;

    /// <summary>Takes one call of what is left.</summary>
    public bool TryTakeCall()
    {
        if (Calls >= budget.Calls)
        {
            return false;
        }

        Calls++;
        return true;
    }
}
