using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Aws.Signing;

/// <summary>Key id to secret and principal: what a server needs to verify a signature.</summary>
public interface IAccessKeys
{
    bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key);
}

/// <summary>One access key that a server accepts. <see cref="ToString"/> tells the key id only.</summary>
public sealed record AccessKey(string Id, string Secret, string PrincipalArn)
{
    /// <summary>The session token that has to come with a temporary key; null for a long-lived one.</summary>
    public string? SessionToken { get; init; }

    public DateTimeOffset? Expiration { get; init; }

    /// <summary>
    /// The action that the server asks of its callers and that this principal may not do; null where he may. Known to whoever holds the secret
    /// alone: the signature is verified first.
    /// </summary>
    public string? DeniedAction { get; init; }

    public override string ToString() => Id;
}
