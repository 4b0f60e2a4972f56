using System.Globalization;

namespace CentralOps.Accounts.Quotas;

/// <summary>The right to send one request, or why there is none. Exactly one of the two.</summary>
public readonly record struct QuotaEntry(QuotaLease? Lease, QuotaRefusal? Refusal);

/// <summary>Why a call is not let through.</summary>
/// <param name="Code">One of <see cref="QuotaCodes"/>.</param>
/// <param name="Message">For people: what limits, and how long it would take.</param>
public sealed record QuotaRefusal(string Code, string Message)
{
    internal static QuotaRefusal TooLate(CallSite site, double rate, TimeSpan left) => new(
        QuotaCodes.WaitTooLong,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Limit(site, rate)}, and the turn of this call would have come after the {Math.Max(0, left.TotalSeconds):0.#} s that it had"));

    internal static QuotaRefusal TooMany(string caller, int most) => new(
        QuotaCodes.TooManyWaiting,
        string.Create(CultureInfo.InvariantCulture, $"{PlainText.Line(caller, 120)} has {most} calls waiting already, which is as many as one caller may have"));

    internal static QuotaRefusal Full(int most) => new(
        QuotaCodes.TooManyWaiting,
        string.Create(CultureInfo.InvariantCulture, $"{most} calls of all callers wait already, which is as many as may"));

    private static string Limit(CallSite site, double rate) => double.IsPositiveInfinity(rate)
        ? $"As many calls as may be under way at once are under way ({site.Service} in {Account(site)})"
        : string.Create(CultureInfo.InvariantCulture, $"{site.Service} lets about {rate:0.##} calls a second through for {site.Group} in {Account(site)}, {site.Region}");

    private static string Account(CallSite site) => site.Account.Length == 0 ? "the account that CentralOps runs in" : "account " + site.Account;
}

/// <summary>Codes of calls that the quotas did not let through. Ours, not AWS's.</summary>
public static class QuotaCodes
{
    /// <summary>The turn would come after the deadline.</summary>
    public const string WaitTooLong = "QuotaWaitTooLong";

    /// <summary>More calls wait than may.</summary>
    public const string TooManyWaiting = "TooManyCallsWaiting";

    public static bool IsOurs(string code) => code is WaitTooLong or TooManyWaiting;
}

/// <summary>The right to send one request. Has to be given back once, with how AWS took it; what comes after that does nothing.</summary>
public sealed class QuotaLease
{
    private readonly CallQuotas _quotas;
    private int _left;

    internal QuotaLease(CallQuotas quotas, Lane lane, TimeSpan sentAt) => (_quotas, Lane, SentAt) = (quotas, lane, sentAt);

    internal Lane Lane { get; }

    internal TimeSpan SentAt { get; }

    /// <param name="answer">How AWS took the request.</param>
    /// <param name="retryAfter">With a throttle: how long AWS asks to wait.</param>
    public void Leave(QuotaAnswer answer, TimeSpan? retryAfter = null)
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
        {
            _quotas.Leave(this, answer, retryAfter);
        }
    }
}

/// <summary>How AWS took a request, as far as quotas go.</summary>
public enum QuotaAnswer
{
    /// <summary>No answer came: it tells nothing.</summary>
    None,

    /// <summary>It was let through, whatever the answer says.</summary>
    Passed,

    Throttled,
}
