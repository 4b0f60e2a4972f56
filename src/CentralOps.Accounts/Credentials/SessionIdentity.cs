using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CentralOps.Access.Callers;

namespace CentralOps.Accounts.Credentials;

/// <summary>
/// A caller's name as AWS admits it in a session name and a source identity: 2 to 64 of <c>[A-Za-z0-9_+=,.@-]</c>. Different callers
/// get different names, because CloudTrail is read as evidence: what AWS does not admit is replaced, and then a hash of the whole
/// name ends it; a name that already looks so is hashed as well. (A name with a colon is always replaced, so none begins with <c>aws:</c>.)
/// </summary>
/// <remarks>
/// A token's subject is a name in its provider's eyes alone, so the hash there is of provider and subject: what stands before it is for people,
/// and <c>jane</c> of one provider is neither <c>jane</c> of another nor the local <c>jane</c>.
/// </remarks>
public static class SessionIdentity
{
    private const int MaxLength = 64;
    private const int HashLength = 24;
    private const char HashMark = '=';

    /// <summary>Names that are ours: of callers whom nobody identified, and of what CentralOps does for everybody.</summary>
    private static readonly FrozenSet<string> Ours =
        FrozenSet.Create(StringComparer.Ordinal, Caller.Anonymous.Principal, Caller.Local.Principal, Caller.Unidentified.Principal, DirectoryName);

    /// <summary>Under which the organization's accounts are read: once for everybody, and for no caller.</summary>
    internal const string DirectoryName = "centralops-directory";

    public static string Of(Caller caller) => caller.Kind switch
    {
        CallerKind.Anonymous => Of(caller.Principal),
        CallerKind.LocalToken when !Ours.Contains(caller.Principal) && !IsArn(caller.Principal) => Of(caller.Principal),
        CallerKind.Iam when IsArn(caller.Principal) => Of(caller.Principal),
        _ => Hashed(caller.Principal, string.Create(CultureInfo.InvariantCulture, $"{(int)caller.Kind} {caller.Issuer?.Length ?? -1} {caller.Issuer}\n{caller.Principal}")),
    };

    private static string Of(string principal) =>
        principal.Length is >= 2 and <= MaxLength && principal.All(IsAdmitted) && !EndsInHash(principal) ? principal : Hashed(principal, principal);

    private static string Hashed(string shown, string whole)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(whole.AsSpan()), hash);
        var name = new StringBuilder(MaxLength);
        foreach (var c in shown.AsSpan(0, Math.Min(shown.Length, MaxLength - HashLength - 1)))
        {
            name.Append(IsAdmitted(c) ? c : '-');
        }

        return name.Append(HashMark).Append(Convert.ToHexStringLower(hash[..(HashLength / 2)])).ToString();
    }

    private static bool IsArn(string principal) => principal.Contains(':', StringComparison.Ordinal);

    private static bool EndsInHash(string caller) =>
        caller.Length > HashLength && caller[^(HashLength + 1)] == HashMark && caller[^HashLength..].All(char.IsAsciiHexDigitLower);

    private static bool IsAdmitted(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '=' or ',' or '.' or '@' or '-';
}
