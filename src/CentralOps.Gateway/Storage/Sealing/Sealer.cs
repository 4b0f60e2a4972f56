using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Gateway.Storage.Sealing;

/// <summary>
/// Secrets as they lie in a database: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits. Kind, id and key id are authenticated: a sealed
/// value opens only in the row that it was sealed for. Layout: version 1, length of the key's id, the id, nonce (12), tag (16), ciphertext.
/// </summary>
public sealed class Sealer(MasterKeys keys) : ISecretSealer
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>The id of the key that seals now.</summary>
    public string KeyId => keys.Newest.Id;

    public byte[] Seal(string kind, string id, ReadOnlySpan<byte> plain)
    {
        var key = keys.Newest;
        var head = 2 + key.Id.Length;
        var isSealed = new byte[head + NonceBytes + TagBytes + plain.Length];
        isSealed[0] = Version;
        isSealed[1] = (byte)key.Id.Length;
        Encoding.ASCII.GetBytes(key.Id, isSealed.AsSpan(2));
        var nonce = isSealed.AsSpan(head, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.Key, TagBytes);
        cipher.Encrypt(nonce, plain, isSealed.AsSpan(head + NonceBytes + TagBytes), isSealed.AsSpan(head + NonceBytes, TagBytes), Row(kind, id, key.Id));
        return isSealed;
    }

    /// <returns>The secret, which the caller wipes after use.</returns>
    /// <exception cref="SealingException">The key is not here, or the value is not the one that was sealed for this row.</exception>
    public byte[] Open(string kind, string id, ReadOnlySpan<byte> sealedSecret)
    {
        var keyId = KeyIdOf(sealedSecret) ?? throw Changed(kind, id);
        var key = keys.Find(keyId)
            ?? throw new SealingException($"The secret {Shown(kind, id)} was sealed with the key {keyId}, which is not among the keys here: add it to {MasterKeys.Variable} or to the master key file.");
        var head = 2 + keyId.Length;
        var secret = new byte[sealedSecret.Length - head - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key.Key, TagBytes);
        try
        {
            cipher.Decrypt(sealedSecret.Slice(head, NonceBytes), sealedSecret[(head + NonceBytes + TagBytes)..], sealedSecret.Slice(head + NonceBytes, TagBytes), secret, Row(kind, id, keyId));
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw Changed(kind, id);
        }
    }

    /// <returns>Null where it is no sealed value.</returns>
    internal static string? KeyIdOf(ReadOnlySpan<byte> isSealed)
    {
        if (isSealed.Length < 2 || isSealed[0] != Version || isSealed.Length < 2 + isSealed[1] + NonceBytes + TagBytes)
        {
            return null;
        }

        var id = Encoding.ASCII.GetString(isSealed.Slice(2, isSealed[1]));
        return MasterKey.IsId(id) ? id : null;
    }

    /// <summary>Each part behind its length: no two rows are written alike.</summary>
    private static byte[] Row(string kind, string id, string keyId)
    {
        using var row = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in (ReadOnlySpan<string>)["centralops sealed 1", kind, id, keyId])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            row.Write(length);
            row.Write(bytes);
        }

        return row.ToArray();
    }

    private static SealingException Changed(string kind, string id) =>
        new($"The secret {Shown(kind, id)} does not open: it was changed, or moved from another row. Set it again.");

    private static string Shown(string kind, string id) => Printable.Text($"{kind} {id}", 200);
}
