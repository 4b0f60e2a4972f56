using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Agent.Models;

/// <summary>A provider's key. <see cref="ToString"/> does not tell it.</summary>
internal readonly record struct ApiKey
{
    private ApiKey(string secret) => Secret = secret;

    /// <summary>Empty where there is none.</summary>
    public string Secret => field ?? "";

    /// <summary>Text without the key: servers repeat what they were sent.</summary>
    public string TakeOutOf(string text) => Secret.Length > 0 ? text.Replace(Secret, "…", StringComparison.Ordinal) : text;

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

    public override string ToString() => Secret.Length > 0 ? "(a key)" : "(no key)";
}
