namespace CentralOps.Gateway;

/// <summary>How the tokens of OpenID providers are judged, beside what each gateway's <see cref="CustomJwtConfig"/> says.</summary>
public sealed record JwtOptions
{
    /// <summary>How far a provider's clock may be off; 0 to 300 seconds.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Claims whose values are a caller's groups.</summary>
    public IReadOnlyList<string> GroupClaims { get; init; } = ["groups", "cognito:groups", "roles"];

    /// <summary>How long a verified token is not verified again; 0 to 60 seconds, and never beyond its expiry or its key's.</summary>
    public TimeSpan RememberFor { get; init; } = TimeSpan.FromSeconds(60);
}
