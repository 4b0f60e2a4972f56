using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Sandbox.Operations;

/// <summary>
/// Pagination tokens: opaque, and good for the same question only. A token holds an offset and a seal over it, the question and the
/// caller's account; the key dies with the process.
/// </summary>
internal sealed class PageTokens
{
    private const int SealLength = 20;
    private const int Length = sizeof(int) + SealLength;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Issue(string question, int offset)
    {
        Span<byte> token = stackalloc byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(token, offset);
        Seal(question, offset, token[sizeof(int)..]);
        return Base64Url.EncodeToString(token);
    }

    public bool TryRead(string question, string token, out int offset)
    {
        offset = 0;
        Span<byte> bytes = stackalloc byte[Length + 3];
        if (token.Length > 64 || !Base64Url.IsValid(token, out var length) || length != Length || !Base64Url.TryDecodeFromChars(token, bytes, out _))
        {
            return false;
        }

        offset = BinaryPrimitives.ReadInt32BigEndian(bytes);
        Span<byte> seal = stackalloc byte[SealLength];
        Seal(question, offset, seal);
        return CryptographicOperations.FixedTimeEquals(seal, bytes[sizeof(int)..Length]);
    }

    private void Seal(string question, int offset, Span<byte> seal)
    {
        var text = new byte[sizeof(int) + Encoding.UTF8.GetByteCount(question)];
        BinaryPrimitives.WriteInt32BigEndian(text, offset);
        Encoding.UTF8.GetBytes(question, text.AsSpan(sizeof(int)));
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, text, full);
        full[..SealLength].CopyTo(seal);
    }
}
