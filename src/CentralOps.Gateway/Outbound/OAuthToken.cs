using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Outbound;

/// <summary>What came of asking for a token. <see cref="ToString"/> tells nothing of it.</summary>
internal sealed class OAuthToken
{
    public string? Value { get; private init; }

    public TargetFailure? Failure { get; private init; }

    /// <summary>Until when this is used instead of asking again.</summary>
    public DateTimeOffset Until { get; private init; }

    public static OAuthToken Granted(string value, DateTimeOffset until) => new() { Value = value, Until = until };

    public static OAuthToken Refused(string detail, DateTimeOffset until) => new() { Failure = new(TargetFailureKind.Access, detail), Until = until };

    public override string ToString() => Value is null ? "(no token)" : "(token)";
}
