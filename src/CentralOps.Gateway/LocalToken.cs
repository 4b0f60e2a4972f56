using System.Buffers.Text;
using System.Security.Cryptography;
using CentralOps.Access.Callers;

namespace CentralOps.Gateway;

/// <summary>A token for one run of a gateway on one person's machine. <see cref="ToString"/> does not tell it.</summary>
/// <param name="Caller">Whom the token makes its bearer.</param>
public sealed record LocalToken(string Token, Caller Caller)
{
    internal const int MinLength = 32;

    /// <summary>256 random bits.</summary>
    public static LocalToken New(Caller caller) => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), caller);

    public override string ToString() => $"token of {Caller.Principal}";
}
