using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Agent.Models.Conversation;

/// <summary>
/// Names of tools as every provider takes them: letters, digits, '_' and '-', at most 64. MCP allows more, and a gateway puts its target before the
/// name. What does not fit is cut and marked by a hash of the whole name, so that one name always becomes the same other one.
/// </summary>
internal static class ToolNames
{
    private const int MaxLength = 64;
    private const int HashLength = 8;

    public static string Fit(string name)
    {
        if (name.Length is > 0 and <= MaxLength && name.AsSpan().IndexOfAnyExcept(Allowed) < 0)
        {
            return name;
        }

        var kept = new StringBuilder(MaxLength);
        foreach (var letter in name.AsSpan(0, Math.Min(name.Length, MaxLength - HashLength - 1)))
        {
            kept.Append(Allowed.Contains(letter) ? letter : '_');
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        return kept.Append('_').Append(Convert.ToHexStringLower(hash[..(HashLength / 2)])).ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");
}
