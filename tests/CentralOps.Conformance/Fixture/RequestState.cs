using System.Security.Cryptography;
using System.Text;

namespace CentralOps.Conformance.Fixture;

/// <summary>State that the client carries between two rounds: readable, but not to be changed.</summary>
internal sealed class RequestState
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Seal(string text) => $"{text}.{Convert.ToHexString(Mac(text))}";

    public bool IsSealed(string? state, string text) =>
        state is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(Seal(text)));

    private byte[] Mac(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
}
