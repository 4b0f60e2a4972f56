using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Agent.Models.Http;

/// <summary>A provider's key. <see cref="ToString"/> does not tell it.</summary>
internal readonly record struct ApiKey
{
    private ApiKey(string secret) => Secret = secret;

    public string Secret { get; }

    /// <summary>Reads a setting. None set is a key too, one with no secret.</summary>
    /// <param name="name">The setting's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">What is wrong, without the value.</param>
    public static bool TryRead(string name, string? value, out ApiKey key, [NotNullWhen(false)] out string? problem)
    {
        key = new ApiKey(value?.Trim() ?? "");
        problem = key.Secret.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? $"{name} holds white space or another character that no key has, perhaps a line break from pasting. Set it again."
            : null;
        return problem is null;
    }

    public override string ToString() => Secret is { Length: > 0 } ? "(a key)" : "(no key)";
}
