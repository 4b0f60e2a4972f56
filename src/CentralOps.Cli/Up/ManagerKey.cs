using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;

namespace CentralOps.Cli.Up;

/// <summary>The one key that manages gateways here: who has it may point targets anywhere, so functions and callers do not.</summary>
internal sealed class ManagerKey(AwsCredentials credentials, string principalArn) : IAccessKeys
{
    private readonly AccessKey _key = new(credentials.AccessKeyId, credentials.SecretAccessKey, principalArn);

    public AwsCredentials Credentials { get; } = credentials;

    /// <summary>Made for one run.</summary>
    public static ManagerKey New(string principalArn) => new(
        new AwsCredentials("AKIA" + Convert.ToHexString(RandomNumberGenerator.GetBytes(8)), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(30))), principalArn);

    public bool TryFind(string accessKeyId, [NotNullWhen(true)] out AccessKey? key)
    {
        key = string.Equals(accessKeyId, _key.Id, StringComparison.Ordinal) ? _key : null;
        return key is not null;
    }
}
