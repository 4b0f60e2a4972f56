using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CentralOps.Aws.Credentials;

/// <summary>Keys from the environment's standard variables, as Lambda sets them: the whole chain of a function, with no SDK behind it.</summary>
public static class EnvironmentCredentials
{
    private const string KeyId = "AWS_ACCESS_KEY_ID";
    private const string Secret = "AWS_SECRET_ACCESS_KEY";
    private const string Token = "AWS_SESSION_TOKEN";
    private const string Expires = "AWS_CREDENTIAL_EXPIRATION";

    /// <summary>Throws <see cref="InvalidOperationException"/> that names the variable which is missing or wrong, never its value.</summary>
    public static AwsCredentials Read(Func<string, string?> variable) =>
        TryRead(variable, out var credentials, out var problem) ? credentials : throw new InvalidOperationException(problem);

    public static bool TryRead(
        Func<string, string?> variable, [NotNullWhen(true)] out AwsCredentials? credentials, [NotNullWhen(false)] out string? problem)
    {
        credentials = null;
        problem = Check(KeyId, variable(KeyId), required: true)
            ?? Check(Secret, variable(Secret), required: true)
            ?? Check(Token, variable(Token), required: false);
        if (problem is not null)
        {
            return false;
        }

        DateTimeOffset? expiration = null;
        if (variable(Expires) is { Length: > 0 } text)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            {
                problem = $"{Expires} is not an ISO 8601 time such as 2030-01-31T12:00:00Z. Correct it or unset it.";
                return false;
            }

            expiration = parsed;
        }

        var token = variable(Token) is { Length: > 0 } session ? session : null;
        credentials = new AwsCredentials(variable(KeyId)!, variable(Secret)!, token, expiration);
        return true;
    }

    private static string? Check(string name, string? value, bool required)
    {
        if (string.IsNullOrEmpty(value))
        {
            return required ? $"{name} is not set. Set {KeyId} and {Secret}, and {Token} with temporary keys." : null;
        }

        return value.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0
            ? null
            : $"{name} holds white space or another character that no key has, perhaps a line break from pasting. Set it again.";
    }
}
