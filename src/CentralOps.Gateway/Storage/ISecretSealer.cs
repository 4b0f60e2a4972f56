namespace CentralOps.Gateway.Storage;

/// <summary>Makes of a secret what may lie in a database: it opens only under the kind and id that it was sealed for. Safe for concurrent use.</summary>
public interface ISecretSealer
{
    byte[] Seal(string kind, string id, ReadOnlySpan<byte> plain);

    /// <exception cref="System.Security.Cryptography.CryptographicException">It was sealed for another place, with an unknown key, or was changed.</exception>
    byte[] Open(string kind, string id, ReadOnlySpan<byte> sealedSecret);
}
