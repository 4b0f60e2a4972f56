using System.Globalization;

namespace CentralOps.Agent.Budgets;

/// <summary>What one question may cost. What is used up ends it in an answer that says so.</summary>
public sealed record Budget
{
    /// <summary>Answers of the model that may ask for tools; 1 to 100. One more, without tools, closes what they ended.</summary>
    public int Turns { get; init => field = InRange(value, 100); } = 15;

    /// <summary>Tokens read and written, of all turns together; 1,000 to 100,000,000.</summary>
    public long Tokens
    {
        get;
        init => field = value is >= 1000 and <= 100_000_000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "From 1,000 to 100,000,000.");
    }
    = 300_000;

    /// <summary>Tool calls; 1 to 1,000.</summary>
    public int Calls { get; init => field = InRange(value, 1000); } = 40;

    /// <summary>From the question to its answer; 1 second to 1 hour.</summary>
    public TimeSpan Time
    {
        get;
        init => field = value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromHours(1) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "From 1 second to 1 hour.");
    }
    = TimeSpan.FromMinutes(5);

    /// <summary>A limit for a person.</summary>
    internal string Words(BudgetKind kind) => kind switch
    {
        BudgetKind.Turns => string.Create(CultureInfo.InvariantCulture, $"{Turns:N0} turns"),
        BudgetKind.Tokens => string.Create(CultureInfo.InvariantCulture, $"{Tokens:N0} tokens"),
        BudgetKind.Calls => string.Create(CultureInfo.InvariantCulture, $"{Calls:N0} tool calls"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Time.TotalSeconds:0.#} seconds"),
    };

    private static int InRange(int value, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}

/// <summary>What can be used up.</summary>
public enum BudgetKind
{
    Turns,
    Tokens,
    Calls,
    Time,
}
