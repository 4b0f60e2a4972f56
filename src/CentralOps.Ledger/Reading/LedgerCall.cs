using System.Text.Json;

namespace CentralOps.Ledger.Reading;

/// <summary>A call as its records tell it.</summary>
public sealed record LedgerCall
{
    public const string Interrupted = "interrupted";
    public const string Running = "running";

    public required string Call { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string Caller { get; init; }

    public required string CallerKind { get; init; }

    public required string SessionName { get; init; }

    public required string Tool { get; init; }

    /// <summary>As they were asked for; digests where a value is not told.</summary>
    public required JsonElement Arguments { get; init; }

    public string? RequestId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>answered, partial, refused, failed, cancelled; interrupted where an end is missing, running where its writer may still write it.</summary>
    public string Outcome { get; init; } = Interrupted;

    public string? Stage { get; init; }

    public string? Code { get; init; }

    public double? DurationMs { get; init; }

    public double? AnswerBytes { get; init; }

    /// <summary>What was done in accounts: a JSON array, as in the records.</summary>
    public IReadOnlyList<JsonElement> Accounts { get; init; } = [];

    /// <summary>Ids of the accounts that were reached, or asked for.</summary>
    public IEnumerable<string> AccountIds =>
        Accounts.Select(static account => account.TryGetProperty("account_id"u8, out var id) ? id.GetString() ?? "" : "").Distinct(StringComparer.Ordinal);
}
