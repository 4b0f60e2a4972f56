using System.Security.Cryptography;

namespace CentralOps.Sandbox.Identity;

/// <summary>Random keys that look like AWS's.</summary>
internal static class KeyMaterial
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string LongLivedKeyId() => "AKIA" + RandomNumberGenerator.GetString(Base32, 16);

    public static string SessionKeyId() => "ASIA" + RandomNumberGenerator.GetString(Base32, 16);

    /// <summary>40 characters.</summary>
    public static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));

    public static string SessionToken() => "IQoJb3JpZ2luX2Vj" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(288));
}
