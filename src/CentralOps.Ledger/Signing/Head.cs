using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CentralOps.Ledger.Records;

namespace CentralOps.Ledger.Signing;

/// <summary>How far a writer's chain reached, signed. Kept outside the file, it shows whatever was changed or cut off in it.</summary>
/// <param name="Seq">The last record's number.</param>
/// <param name="Hash">The last line's hash, which through the chain stands for all before.</param>
internal sealed record Head(string Writer, int Part, long Seq, string Hash, string Time, string Key, string Signature)
{
    private const int MaxSignature = 64;

    public static Head Sign(string writer, int part, long seq, string hash, DateTimeOffset time, LedgerKey key)
    {
        var unsigned = new Head(writer, part, seq, hash, RecordTime.Of(time), key.Id, "");
        return unsigned with { Signature = Base64Url.EncodeToString(key.Sign(unsigned.Signed())) };
    }

    /// <summary>One line, with its line feed.</summary>
    public byte[] Line() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"type":"head","writer":"{{Writer}}","part":{{Part}},"seq":{{Seq}},"hash":"{{Hash}}","time":"{{Time}}","key":"{{Key}}","signature":"{{Signature}}"}{{'\n'}}"""));

    public bool IsSignedBy(LedgerKey key)
    {
        Span<byte> signature = stackalloc byte[MaxSignature];
        return string.Equals(Key, key.Id, StringComparison.Ordinal)
            && Base64Url.IsValid(Signature, out var length) && length <= MaxSignature && Base64Url.TryDecodeFromChars(Signature, signature, out length)
            && string.Equals(Base64Url.EncodeToString(signature[..length]), Signature, StringComparison.Ordinal)
            && key.Verifies(Signed(), signature[..length]);
    }

    /// <summary>Only what <see cref="Line"/> writes is read: there is one way to say it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out Head? head)
    {
        head = null;
        try
        {
            using var document = JsonDocument.Parse(line.ToArray());
            var json = document.RootElement;
            head = new Head(
                json.GetProperty("writer"u8).GetString()!, json.GetProperty("part"u8).GetInt32(), json.GetProperty("seq"u8).GetInt64(), json.GetProperty("hash"u8).GetString()!,
                json.GetProperty("time"u8).GetString()!, json.GetProperty("key"u8).GetString()!, json.GetProperty("signature"u8).GetString()!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return false;
        }

        if (head.Line().AsSpan()[..^1].SequenceEqual(line))
        {
            return true;
        }

        head = null;
        return false;
    }

    private byte[] Signed() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"centralops-ledger-head\n{Writer}\n{Part}\n{Seq}\n{Hash}\n{Time}\n{Key}"));
}
