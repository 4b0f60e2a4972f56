namespace CentralOps.Access.Callers;

/// <summary>
/// Who asks. Rules are judged over it and records carry it, so it holds nothing secret. Two callers are the same when principal, kind and
/// issuer are: groups and scopes say what he may, not who he is.
/// </summary>
/// <param name="Principal">An IAM principal's ARN, a token's subject, or a fixed word where nobody is identified.</param>
/// <param name="Kind">How the principal was established.</param>
public sealed record Caller(string Principal, CallerKind Kind)
{
    /// <summary>Whoever reaches a listener that asks for no identity. The gateway admits it on loopback only.</summary>
    public static Caller Anonymous { get; } = new("anonymous", CallerKind.Anonymous);

    /// <summary>The one caller inside functions that no gateway signs its callers for.</summary>
    public static Caller Local { get; } = new("local", CallerKind.Anonymous);

    /// <summary>Inside functions that demand a signed caller: whoever came without.</summary>
    public static Caller Unidentified { get; } = new("unidentified", CallerKind.Anonymous);

    /// <summary>Of a token: the provider in whose eyes the principal is a subject; one subject of two providers is two callers.</summary>
    public string? Issuer { get; init; }

    /// <summary>Of a token: the OAuth client that the caller uses.</summary>
    public string? ClientId { get; init; }

    /// <summary>Of a token: what its group and role claims say.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Of a token: its scopes.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The groups did not fit where the caller was handed on: he may be in more than are named.</summary>
    public bool HasMoreGroups { get; init; }

    /// <summary>Somebody stands behind the principal.</summary>
    public bool IsIdentified => Kind != CallerKind.Anonymous;

    public bool Equals(Caller? other) =>
        other is not null
        && Kind == other.Kind
        && string.Equals(Principal, other.Principal, StringComparison.Ordinal)
        && string.Equals(Issuer, other.Issuer, StringComparison.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Kind, StringComparer.Ordinal.GetHashCode(Principal));
}

/// <summary>How a caller was established.</summary>
public enum CallerKind
{
    Anonymous,

    /// <summary>By Signature Version 4 or by AWS's own word: the principal is an ARN.</summary>
    Iam,

    /// <summary>By the token that a local gateway made at its start: whoever started it.</summary>
    LocalToken,

    /// <summary>By an OpenID provider's token: the principal is its subject.</summary>
    Jwt,
}
