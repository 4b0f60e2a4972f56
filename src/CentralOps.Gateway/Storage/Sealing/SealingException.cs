using System.Security.Cryptography;

namespace CentralOps.Gateway.Storage.Sealing;

/// <summary>A secret that does not open: its key is not here, or somebody changed or moved it. The message names the key's id and the row, never a value.</summary>
public sealed class SealingException(string message) : CryptographicException(message);
