using System.Text.Json;

namespace CentralOps.Ledger.Reading;

/// <summary>Which calls are looked for; what is null is not asked for.</summary>
public sealed record LedgerQuery
{
    /// <summary>A part of the principal, or of the session name that CloudTrail shows, in any case.</summary>
    public string? Caller { get; init; }

    /// <summary>An account's id as it was reached, or its id or selector as it was asked for.</summary>
    public string? Account { get; init; }

    public string? Tool { get; init; }

    public string? Outcome { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    public bool Admits(LedgerCall call) =>
        (Caller is null || call.Caller.Contains(Caller, StringComparison.OrdinalIgnoreCase) || call.SessionName.Contains(Caller, StringComparison.OrdinalIgnoreCase))
        && (Tool is null || string.Equals(call.Tool, Tool, StringComparison.Ordinal))
        && (Outcome is null || string.Equals(call.Outcome, Outcome, StringComparison.OrdinalIgnoreCase))
        && (Since is null || call.Time >= Since)
        && (Until is null || call.Time < Until)
        && (Account is null || call.AccountIds.Contains(Account, StringComparer.Ordinal) || IsAskedFor(call.Arguments, Account));

    private static bool IsAskedFor(JsonElement arguments, string account) =>
        arguments.ValueKind == JsonValueKind.Object
        && arguments.EnumerateObject().Any(argument => argument.Name is "account_id" or "accounts" && Names(argument.Value, account));

    private static bool Names(JsonElement value, string account) => value.ValueKind switch
    {
        JsonValueKind.String => value.ValueEquals(account),
        JsonValueKind.Array => value.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(account)),
        _ => false,
    };
}
