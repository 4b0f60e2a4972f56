using System.Security.Cryptography;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Control;

/// <summary>New ids, by the model's patterns.</summary>
internal static class Ids
{
    private const int Length = 10;
    private const string LowerCase = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const string BothCases = LowerCase + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The name in lower case, a hyphen, ten characters.</summary>
    public static string Gateway(string name) => $"{name.ToLowerInvariant().TrimEnd('-')}-{Suffix()}";

    public static string Target() => RandomNumberGenerator.GetString(BothCases, Length);

    public static string Suffix() => RandomNumberGenerator.GetString(LowerCase, Length);

    /// <summary>Six letters and digits, as Secrets Manager puts them behind a secret's name.</summary>
    public static string SecretSuffix() => RandomNumberGenerator.GetString(BothCases, 6);

    public static string Uuid() => RequestId.New();
}
