using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;

namespace CentralOps.Cli.Up;

/// <summary>The one key that manages gateways here: who has it may point targets anywhere, so functions and callers do not.</summary>
internal sealed class ManagerKey(AwsCredentials credentials, string principalArn) : IAccessKeys
{
    public const string IdVariable = "CENTRALOPS_CONTROL_ACCESS_KEY_ID";
    public const string SecretVariable = "CENTRALOPS_CONTROL_SECRET_ACCESS_KEY";

    private readonly AccessKey _key = new(credentials.AccessKeyId, credentials.SecretAccessKey, principalArn);

    public AwsCredentials Credentials { get; } = credentials;

    /// <summary>Read from the environment, where replicas have one: <c>CENTRALOPS_CONTROL_ACCESS_KEY_ID</c> and <c>CENTRALOPS_CONTROL_SECRET_ACCESS_KEY</c>.</summary>
    /// <returns>Null where they are not set.</returns>
    public static ManagerKey? Read(Func<string, string?> variable, string principalArn, List<string> problems)
    {
        var (id, secret) = (variable(IdVariable) ?? "", variable(SecretVariable) ?? "");
        if (id.Length == 0 && secret.Length == 0)
        {
            return null;
        }

        if (id.Length is >= 16 and <= 128 && id.All(char.IsAsciiLetterOrDigit) && secret.Length is >= 16 and <= 256 && secret.All(static letter => letter is > ' ' and <= '~'))
        {
            return new ManagerKey(new AwsCredentials(id, secret), principalArn);
        }

        problems.Add($"{IdVariable} has to be 16 to 128 letters and digits, and {SecretVariable} 16 characters or more without spaces: set both, or neither, and a key is made for each run.");
        return null;
    }

    /// <summary>Made for one run.</summary>
    public static ManagerKey New(string principalArn) => new(
        new AwsCredentials("AKIA" + Convert.ToHexString(RandomNumberGenerator.GetBytes(8)), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(30))), principalArn);

    public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
    {
        key = string.Equals(accessKeyId, _key.Id, StringComparison.Ordinal) ? _key : null;
        return key is not null;
    }
}
