using System.Text;
using CentralOps.Access.CallerContext;

namespace CentralOps.Cli.Serve;

/// <summary><c>CENTRALOPS_CALLER_SIGNING_KEY</c>: what functions are told by who calls; docs/callers.md.</summary>
internal static class SigningKey
{
    private const string Variable = "CENTRALOPS_CALLER_SIGNING_KEY";
    private const int MaxBytes = 64 * 1024;

    /// <returns>Null where it is not set: functions are not told.</returns>
    public static CallerSigner? Read(Func<string, string?> variable, TimeProvider time, List<string> problems)
    {
        if (variable(Variable) is not { Length: > 0 } text)
        {
            return null;
        }

        var signer = Bytes(text) is { } json ? CallerSigner.FromJwk(json, time) : null;
        if (signer is null)
        {
            problems.Add($"{Variable} has to be a private P-256 JSON Web Key with a kid, or the path of a file with one.");
        }

        return signer;
    }

    private static byte[]? Bytes(string text)
    {
        if (text.TrimStart().StartsWith('{'))
        {
            return Encoding.UTF8.GetBytes(text);
        }

        try
        {
            return new FileInfo(text) is { Exists: true, Length: <= MaxBytes } ? File.ReadAllBytes(text) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
