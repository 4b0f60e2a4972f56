using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CentralOps.Accounts.Refusals;

namespace CentralOps.Tools.Answers;

/// <summary>
/// Where a truncated answer goes on: AWS's token of a page, and how many of its items were given already. It carries a hash of the
/// query, so that it cannot be continued with another question, and a checksum, so that a damaged one is told apart.
/// </summary>
/// <remarks>Base64url of: version (1 byte), query (8), offset (4, big-endian), token (UTF-8), checksum of all before (4).</remarks>
internal sealed record NextToken(ulong Query, string PageToken, int Offset)
{
    private const byte Version = 1;
    private const int HeadLength = 1 + 8 + 4;
    private const int ChecksumLength = 4;

    /// <summary>Above what AWS's longest tokens come to.</summary>
    public const int MaxLength = 16 * 1024;

    public string Write()
    {
        var bytes = new byte[HeadLength + Encoding.UTF8.GetByteCount(PageToken) + ChecksumLength];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), Query);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(9), Offset);
        Encoding.UTF8.GetBytes(PageToken, bytes.AsSpan(HeadLength));
        Checksum(bytes.AsSpan(0, bytes.Length - ChecksumLength), bytes.AsSpan(bytes.Length - ChecksumLength));
        return Base64Url.EncodeToString(bytes);
    }

    public static Refusal.BadArguments Damaged => Refuse("is damaged, or not one that CentralOps gave");

    public static bool TryRead(string text, [NotNullWhen(true)] out NextToken? token)
    {
        token = null;
        if (text.Length > MaxLength || !Base64Url.IsValid(text, out var length) || length < HeadLength + ChecksumLength)
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        Span<byte> checksum = stackalloc byte[ChecksumLength];
        Checksum(bytes.AsSpan(0, bytes.Length - ChecksumLength), checksum);
        var offset = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(9));
        if (bytes[0] != Version || offset < 0 || !checksum.SequenceEqual(bytes.AsSpan(bytes.Length - ChecksumLength)))
        {
            return false;
        }

        var page = Encoding.UTF8.GetString(bytes.AsSpan(HeadLength..^ChecksumLength));
        token = new NextToken(BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(1)), page, offset);
        return true;
    }

    /// <summary>Where a call begins: at the beginning, or where the token says, if it is one of this query.</summary>
    public static bool TryContinue(string? text, ulong query, [NotNullWhen(true)] out NextToken? start, [NotNullWhen(false)] out Refusal? refusal)
    {
        refusal = null;
        if (string.IsNullOrEmpty(text))
        {
            start = new NextToken(query, "", 0);
            return true;
        }

        if (!TryRead(text, out start))
        {
            refusal = Damaged;
            return false;
        }

        if (start.Query != query)
        {
            refusal = Refuse("belongs to a call with other arguments (tool, account, region, ids or filters)");
            return false;
        }

        return true;
    }

    /// <summary>A query in eight bytes: whatever changes the answer's items is a part; a limit is none.</summary>
    public static ulong HashOf(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    /// <summary>Whether an answer ends before the items do, and where to go on.</summary>
    public static void WriteEnd(NextToken? next, Utf8JsonWriter json)
    {
        json.WriteBoolean("truncated"u8, next is not null);
        json.WriteString("next_token"u8, next?.Write());
    }

    private static Refusal.BadArguments Refuse(string problem) =>
        new([new ArgumentProblem("next_token", problem, "Repeat the arguments of the truncated answer with its next_token, or leave next_token out to start over")]);

    private static void Checksum(ReadOnlySpan<byte> bytes, Span<byte> checksum)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        digest[..ChecksumLength].CopyTo(checksum);
    }
}
