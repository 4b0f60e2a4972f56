using System.Buffers.Text;
using System.Security.Cryptography;
using CentralOps.Files;

namespace CentralOps.Ledger.Signing;

/// <summary>The key that a ledger's heads are signed with (ECDSA over P-256). No text form tells it.</summary>
public sealed class LedgerKey : IDisposable
{
    private const int MaxPem = 16 * 1024;

    private readonly ECDsa _key;
    private readonly bool _isPrivate;

    private LedgerKey(ECDsa key, bool isPrivate)
    {
        (_key, _isPrivate) = (key, isPrivate);
        Id = Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 12));
    }

    /// <summary>Which key it is: a part of the hash of its public half.</summary>
    public string Id { get; }

    /// <summary>Of a private key: the one that arguments are digested with, so that there is one secret to keep.</summary>
    internal byte[] DigestKey => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.ExportParameters(includePrivateParameters: true).D!, 32, info: "centralops ledger arguments"u8.ToArray());

    public static LedgerKey New() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), isPrivate: true);

    /// <summary>Reads a key as PEM (PKCS#8, SEC 1, or a public key).</summary>
    /// <returns>Null where it is no P-256 key; nothing of it is told.</returns>
    public static LedgerKey? FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            var parameters = key.ExportParameters(includePrivateParameters: false);
            if (parameters.Curve.Oid.Value is "1.2.840.10045.3.1.7" || parameters.Curve.Oid.FriendlyName is "nistP256" or "ECDSA_P256")
            {
                return new LedgerKey(key, HasPrivateHalf(key));
            }
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // No key: said by the answer.
        }

        key.Dispose();
        return null;
    }

    /// <summary>Reads a key file; a private key has to be its owner's alone.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be read, is open to others, or is no P-256 key.</exception>
    public static LedgerKey Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var text = new char[MaxPem];
            var key = FromPem(new string(text, 0, reader.ReadBlock(text)));
            if (key is { _isPrivate: true } && OwnerFile.IsOpenToOthers(path))
            {
                key.Dispose();
                throw new LedgerUnavailableException($"the key file {path} can be used by others than its owner; run: chmod 600 {path}");
            }

            return key ?? throw new LedgerUnavailableException($"{path} holds no P-256 key in PEM; make one with: openssl ecparam -name prime256v1 -genkey -noout");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LedgerUnavailableException($"the key file {path} cannot be read ({Why(failure)})", failure);
        }
    }

    /// <summary>Reads a key file, or makes one that is its owner's alone. Of two that make one at once, both get the first's.</summary>
    /// <exception cref="LedgerUnavailableException">Neither was possible.</exception>
    public static LedgerKey ReadOrMake(string path)
    {
        if (File.Exists(path))
        {
            return Read(path);
        }

        using var made = New();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!, OwnerFile.Mode | UnixFileMode.UserExecute);
            OwnerFile.TryMake(path, made._key.ExportPkcs8PrivateKeyPem() + "\n");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new LedgerUnavailableException($"the key file {path} cannot be made ({Why(failure)})", failure);
        }

        return Read(path);
    }

    /// <summary>The public half, for whoever verifies.</summary>
    public string PublicPem() => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    public override string ToString() => Id;

    public void Dispose() => _key.Dispose();

    internal byte[] Sign(ReadOnlySpan<byte> data) => _isPrivate ? _key.SignData(data, HashAlgorithmName.SHA256) : throw new InvalidOperationException("A public key signs nothing.");

    internal bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => _key.VerifyData(data, signature, HashAlgorithmName.SHA256);

    private static bool HasPrivateHalf(ECDsa key)
    {
        try
        {
            return key.ExportParameters(includePrivateParameters: true).D is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string Why(Exception failure) => failure is UnauthorizedAccessException ? "not permitted" : failure.Message;
}
