using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Accounts.Credentials;

/// <summary>
/// A caller's name as AWS admits it in a session name and a source identity: 2 to 64 of <c>[A-Za-z0-9_+=,.@-]</c>. Different callers
/// get different names, because CloudTrail is read as evidence: what AWS does not admit is replaced, and then a hash of the whole
/// name ends it; a name that already looks so is hashed as well. (A name with a colon is always replaced, so none begins with <c>aws:</c>.)
/// </summary>
public static class SessionIdentity
{
    private const int MaxLength = 64;
    private const int HashLength = 24;
    private const char HashMark = '=';

    public static string Of(string caller)
    {
        if (caller.Length is >= 2 and <= MaxLength && caller.All(IsAdmitted) && !EndsInHash(caller))
        {
            return caller;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(caller.AsSpan()), hash);
        var name = new StringBuilder(MaxLength);
        foreach (var c in caller.AsSpan(0, Math.Min(caller.Length, MaxLength - HashLength - 1)))
        {
            name.Append(IsAdmitted(c) ? c : '-');
        }

        return name.Append(HashMark).Append(Convert.ToHexStringLower(hash[..(HashLength / 2)])).ToString();
    }

    private static bool EndsInHash(string caller) =>
        caller.Length > HashLength && caller[^(HashLength + 1)] == HashMark && caller[^HashLength..].All(char.IsAsciiHexDigitLower);

    private static bool IsAdmitted(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '=' or ',' or '.' or '@' or '-';
}
