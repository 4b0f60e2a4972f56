using System.Globalization;

namespace CentralOps.Accounts.Quotas;

/// <summary>How many calls to AWS may be under way and wait. A value out of range throws where it is set.</summary>
public sealed record QuotaSettings
{
    private const int MostAtOnce = 10_000;
    private const int MostWaiting = 1_000_000;

    /// <summary>Where rates come from. <c>CENTRALOPS_QUOTAS</c>.</summary>
    public QuotaRates Rates { get; init; }

    /// <summary>Calls under way at once, of all callers; 1 to 10,000. <c>CENTRALOPS_CONCURRENCY</c>.</summary>
    public int Concurrency { get; init => field = Check(value, MostAtOnce); } = 128;

    /// <summary>
    /// Of these, in one account; 1 to 10,000. <c>CENTRALOPS_CONCURRENCY_PER_ACCOUNT</c>. Not for the account that CentralOps itself runs in: the way into
    /// every other account begins there.
    /// </summary>
    public int ConcurrencyPerAccount { get; init => field = Check(value, MostAtOnce); } = 32;

    /// <summary>Of these, to one service in all accounts; 1 to 10,000. <c>CENTRALOPS_CONCURRENCY_PER_SERVICE</c>.</summary>
    public int ConcurrencyPerService { get; init => field = Check(value, MostAtOnce); } = 128;

    /// <summary>Calls of one caller that may wait; 1 to 1,000,000. <c>CENTRALOPS_MAX_WAITING</c>.</summary>
    public int MaxWaitingPerCaller { get; init => field = Check(value, MostWaiting); } = 10_000;

    /// <summary>Calls of all callers that may wait; 1 to 1,000,000.</summary>
    public int MaxWaiting { get; init => field = Check(value, MostWaiting); } = 50_000;

    /// <summary>How long a call waits that has no deadline, 1 ms to 15 minutes.</summary>
    public TimeSpan LongestWait
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromMinutes(15)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "1 ms to 15 minutes.");
    } = TimeSpan.FromSeconds(25);

    /// <summary>Reads the settings; <paramref name="problems"/> names everything that is wrong with them, each with its repair.</summary>
    public static QuotaSettings Read(Func<string, string?> variable, ICollection<string> problems)
    {
        var standard = new QuotaSettings();
        return new QuotaSettings
        {
            Rates = RatesOf(variable, problems),
            Concurrency = Number(variable, "CENTRALOPS_CONCURRENCY", standard.Concurrency, MostAtOnce, problems),
            ConcurrencyPerAccount = Number(variable, "CENTRALOPS_CONCURRENCY_PER_ACCOUNT", standard.ConcurrencyPerAccount, MostAtOnce, problems),
            ConcurrencyPerService = Number(variable, "CENTRALOPS_CONCURRENCY_PER_SERVICE", standard.ConcurrencyPerService, MostAtOnce, problems),
            MaxWaitingPerCaller = Number(variable, "CENTRALOPS_MAX_WAITING", standard.MaxWaitingPerCaller, MostWaiting, problems),
        };
    }

    private static QuotaRates RatesOf(Func<string, string?> variable, ICollection<string> problems)
    {
        switch (variable("CENTRALOPS_QUOTAS")?.Trim())
        {
            case null or "" or "published":
                return QuotaRates.Published;
            case "learnt":
                return QuotaRates.Learnt;
            default:
                problems.Add("CENTRALOPS_QUOTAS is neither published nor learnt; unset it to keep to the quotas that AWS publishes, or set learnt where AWS raised yours.");
                return QuotaRates.Published;
        }
    }

    private static int Number(Func<string, string?> variable, string name, int standard, int most, ICollection<string> problems)
    {
        if (variable(name)?.Trim() is not { Length: > 0 } text)
        {
            return standard;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most)
        {
            return value;
        }

        problems.Add($"{name} is not a whole number from 1 to {most}; correct it, or unset it for {standard}.");
        return standard;
    }

    private static int Check(int value, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}

/// <summary>Where the rates of calls come from.</summary>
public enum QuotaRates
{
    /// <summary>What AWS publishes, and what throttles teach.</summary>
    Published,

    /// <summary>What throttles teach, and nothing else: for accounts whose quotas AWS raised, and for stand-ins that have none.</summary>
    Learnt,
}
