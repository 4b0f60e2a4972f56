using System.Globalization;
using System.Security.Cryptography;

namespace CentralOps.Ledger.Writing;

/// <summary>Names of writers and calls, which no two processes choose alike.</summary>
internal static class WriterId
{
    private const int Length = 24;

    public static string New(DateTimeOffset now) =>
        now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture) + "-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));

    public static bool IsValid(string text) => text.Length == Length && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-');
}
