using System.Text.Json;

namespace CentralOps.Access.Tokens;

/// <summary>A token whose signature, issuer and times hold: what it claims may be believed of its issuer.</summary>
public sealed class VerifiedToken
{
    private const int MaxListed = 1000;

    private readonly JsonElement _claims;

    internal VerifiedToken(JsonElement claims, string issuer, string subject, DateTimeOffset expires)
    {
        _claims = claims;
        (Issuer, Subject, Expires) = (issuer, subject, expires);
    }

    public string Issuer { get; }

    public string Subject { get; }

    public DateTimeOffset Expires { get; }

    /// <summary><c>client_id</c>, by RFC 9068.</summary>
    public string? ClientId => Text("client_id");

    /// <summary>The scopes: <c>scope</c>, separated by spaces, or a list in <c>scp</c> or <c>scope</c>.</summary>
    public IReadOnlyList<string> Scopes => [.. Words("scope"), .. Words("scp")];

    /// <summary>A claim that is a string.</summary>
    public string? Text(string claim) => StrictClaims.Text(_claims, claim);

    public bool Has(string claim) => _claims.TryGetProperty(claim, out _);

    /// <summary>A claim that is a list of strings; empty where it is anything else.</summary>
    public IReadOnlyList<string> List(string claim)
    {
        if (!_claims.TryGetProperty(claim, out var value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxListed)
        {
            return [];
        }

        try
        {
            return [.. value.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!)];
        }
        catch (InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>A claim that may be one string or a list of them, as <c>aud</c> is (RFC 7519, section 4.1.3).</summary>
    public IReadOnlyList<string> OneOrMore(string claim) => Text(claim) is { } one ? [one] : List(claim);

    private IEnumerable<string> Words(string claim) =>
        Text(claim) is { } words ? words.Split(' ', StringSplitOptions.RemoveEmptyEntries) : List(claim);
}
