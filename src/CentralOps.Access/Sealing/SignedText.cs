using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CentralOps.Access.Callers;
using CentralOps.Access.Tokens;

namespace CentralOps.Access.Sealing;

/// <summary>
/// A few bytes that go out with an answer and come back with a later call: signed, for one caller, for one purpose and until a time. They are not
/// hidden from who holds the text.
/// </summary>
/// <remarks>
/// Base64url of: version (1 byte), key id (4), end (8, seconds since 1970, big-endian), caller (12, of a hash), content, HMAC-SHA256 over the purpose and all
/// before (16 of its bytes).
/// </remarks>
public static class SignedText
{
    /// <summary>What a text may come to, in characters. AWS's longest page tokens fit in.</summary>
    public const int MaxLength = 24 * 1024;

    private const byte Version = 1;
    private const int CallerLength = 12;
    private const int CodeLength = 16;
    private const int EndAt = 1 + TokenKey.IdLength;
    private const int CallerAt = EndAt + 8;
    private const int ContentAt = CallerAt + CallerLength;

    /// <summary>What is more than the content, in bytes before base64url.</summary>
    public const int Overhead = ContentAt + CodeLength;

    /// <param name="purpose">What the text is for, such as <c>next_token</c>: no text of one purpose is taken for another.</param>
    /// <exception cref="ArgumentException">The content does not fit.</exception>
    public static string Write(TokenKeys keys, string purpose, Caller caller, DateTimeOffset end, ReadOnlySpan<byte> content)
    {
        if (Base64Url.GetEncodedLength(Overhead + content.Length) > MaxLength)
        {
            throw new ArgumentException($"A signed text holds no {content.Length} bytes.", nameof(content));
        }

        var bytes = new byte[Overhead + content.Length];
        bytes[0] = Version;
        keys.Signing.Id.CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(EndAt), end.ToUnixTimeSeconds());
        WriteCaller(caller, bytes.AsSpan(CallerAt, CallerLength));
        content.CopyTo(bytes.AsSpan(ContentAt));
        keys.Signing.Authenticate(purpose, bytes.AsSpan(0, bytes.Length - CodeLength), bytes.AsSpan(bytes.Length - CodeLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The content of a text that this caller was given for this purpose, or what is wrong with it.</summary>
    public static SignedTextRead Read(TokenKeys keys, string purpose, Caller caller, DateTimeOffset now, string text)
    {
        // 1. Form. A last character with bits that mean nothing would give one text several spellings.
        if (text.Length > MaxLength || !StrictBase64Url.TryDecode(text, out var bytes) || bytes.Length < Overhead || bytes[0] != Version
            || !string.Equals(Base64Url.EncodeToString(bytes), text, StringComparison.Ordinal))
        {
            return new(SignedTextProblem.Malformed);
        }

        // 2. Who signed it? A key that was thrown away and a damaged name of one look alike.
        if (keys.Find(bytes.AsSpan(1, TokenKey.IdLength)) is not { } key)
        {
            return new(SignedTextProblem.UnknownKey);
        }

        Span<byte> code = stackalloc byte[CodeLength];
        key.Authenticate(purpose, bytes.AsSpan(0, bytes.Length - CodeLength), code);
        if (!CryptographicOperations.FixedTimeEquals(code, bytes.AsSpan(bytes.Length - CodeLength)))
        {
            return new(SignedTextProblem.Tampered);
        }

        // 3. From here on it is ours: for whom, and until when?
        Span<byte> asking = stackalloc byte[CallerLength];
        WriteCaller(caller, asking);
        if (!asking.SequenceEqual(bytes.AsSpan(CallerAt, CallerLength)))
        {
            return new(SignedTextProblem.OtherCaller);
        }

        return now.ToUnixTimeSeconds() >= BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(EndAt))
            ? new(SignedTextProblem.Expired)
            : new(SignedTextProblem.None) { Content = bytes.AsMemory(ContentAt..^CodeLength) };
    }

    private static void WriteCaller(Caller caller, Span<byte> into)
    {
        // Lengths first: parts cannot be shifted into each other.
        var identity = string.Create(null, $"{(int)caller.Kind}:{caller.Principal.Length}:{caller.Principal}:{caller.Issuer?.Length ?? -1}:{caller.Issuer}");
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(identity), digest);
        digest[..into.Length].CopyTo(into);
    }
}

/// <summary>What is in a signed text, or what is wrong with it.</summary>
public readonly record struct SignedTextRead(SignedTextProblem Problem)
{
    /// <summary>Empty with a problem.</summary>
    public ReadOnlyMemory<byte> Content { get; internal init; }
}

/// <summary>Why a signed text is not taken.</summary>
public enum SignedTextProblem
{
    None,

    /// <summary>No text of ours, cut off, or of a version to come.</summary>
    Malformed,

    /// <summary>Signed with a key that is not, or no longer, among ours.</summary>
    UnknownKey,

    /// <summary>Changed on its way, or made for another purpose.</summary>
    Tampered,

    /// <summary>Given to somebody else.</summary>
    OtherCaller,

    Expired,
}
