using System.Collections.Frozen;
using System.Globalization;

namespace CentralOps.Sandbox.Policies;

/// <summary>Where each condition key has its value from.</summary>
internal static class ConditionKeyTable
{
    /// <summary>Keys that AWS has and that no request to the sandbox carries: there are no VPCs, identity providers or calls by services.</summary>
    private static readonly string[] NeverCarried =
    [
        "aws:AssumedRoot", "aws:ChatbotSourceArn", "aws:Ec2InstanceSourcePrivateIPv4", "aws:Ec2InstanceSourceVpc", "aws:FederatedProvider",
        "aws:MultiFactorAuthAge", "aws:PrincipalServiceName", "aws:referer", "aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID",
        "aws:SourceVpc", "aws:SourceVpcArn", "aws:SourceVpce", "aws:VpceAccount", "aws:VpceOrgID", "aws:VpcSourceIp",
        "aws:CalledViaFirst", "aws:CalledViaLast",
    ];

    /// <summary>Keys of services, set by the operation that is asked for.</summary>
    private static readonly string[] OfServices =
    [
        "s3:prefix", "s3:delimiter", "s3:max-keys", "s3:authType", "s3:signatureversion", "s3:TlsVersion", "s3:ResourceAccount",
        "s3:x-amz-content-sha256", "ec2:Region", "lambda:FunctionArn", "lambda:FunctionUrlAuthType", "lambda:InvokedViaFunctionUrl", "iam:ResourceTag",
    ];

    /// <summary>One value at most.</summary>
    public static FrozenDictionary<string, Func<AccessRequest, string?>> Single { get; } = Merge().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Several values.</summary>
    public static FrozenDictionary<string, Func<AccessRequest, IReadOnlyList<string>?>> Multiple { get; } =
        new Dictionary<string, Func<AccessRequest, IReadOnlyList<string>?>>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:TagKeys"] = request => request.RequestTags.Keys,
            ["sts:TransitiveTagKeys"] = request => [.. request.TransitiveTagKeys],
            ["aws:PrincipalOrgPaths"] = request => request.OrganizationPath is { } path ? [path] : null,
            ["aws:CalledVia"] = _ => null,
            ["aws:PrincipalServiceNamesList"] = _ => null,
            ["aws:SourceOrgPaths"] = _ => null,
            ["aws:VpceOrgPaths"] = _ => null,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keys that go on behind a slash with a tag's key.</summary>
    public static FrozenDictionary<string, Func<AccessRequest, FrozenDictionary<string, string>>> Tags { get; } =
        new Dictionary<string, Func<AccessRequest, FrozenDictionary<string, string>>>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:PrincipalTag"] = request => request.Principal.Tags,
            ["aws:RequestTag"] = request => request.RequestTags,
            ["aws:ResourceTag"] = request => request.ResourceTags,
            ["iam:ResourceTag"] = request => request.ResourceTags,
            ["ec2:ResourceTag"] = request => request.ResourceTags,
            ["s3:ExistingObjectTag"] = request => request.ResourceTags,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, Func<AccessRequest, string?>> Merge()
    {
        var keys = new Dictionary<string, Func<AccessRequest, string?>>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:PrincipalArn"] = request => request.Principal.IamArn,
            ["aws:PrincipalAccount"] = request => request.Principal.AccountId,
            ["aws:PrincipalOrgID"] = request => request.OrganizationId,
            ["aws:PrincipalType"] = request => request.Principal.IsSession ? "AssumedRole" : "User",
            ["aws:PrincipalIsAWSService"] = _ => "false",
            ["aws:userid"] = request => request.Principal.UserId,
            ["aws:username"] = request => request.Principal.UserName,
            ["aws:SourceIdentity"] = request => request.Principal.SourceIdentity,
            ["aws:TokenIssueTime"] = request => Iso(request.Principal.IssuedAt),
            // Absent for long-lived keys, as at AWS.
            ["aws:MultiFactorAuthPresent"] = request => request.Principal.IsSession ? "false" : null,
            ["aws:CurrentTime"] = request => Iso(request.Now),
            ["aws:EpochTime"] = request => request.Now?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["aws:RequestedRegion"] = request => request.Region,
            ["aws:ResourceAccount"] = request => request.OwnerAccountId,
            // Accounts outside the organization do not exist here.
            ["aws:ResourceOrgID"] = request => request.OrganizationId,
            ["aws:SourceIp"] = request => request.SourceIp,
            ["aws:UserAgent"] = request => request.UserAgent,
            ["aws:ViaAWSService"] = _ => "false",
            ["aws:ViaAWSMCPService"] = request => request.Principal.InvokedBy is null ? "false" : "true",
            ["aws:CalledViaAWSMCP"] = request => request.Principal.InvokedBy,
            // AWS answers TLS only, and the loopback of the sandbox stands for it.
            ["aws:SecureTransport"] = _ => "true",
            ["sts:ExternalId"] = request => request.ExternalId,
            ["sts:RoleSessionName"] = request => request.RoleSessionName,
            ["sts:SourceIdentity"] = request => request.RequestedSourceIdentity,
        };
        foreach (var name in NeverCarried)
        {
            keys[name] = _ => null;
        }

        foreach (var name in OfServices)
        {
            keys[name] = request => request.ServiceKeys.GetValueOrDefault(name);
        }

        return keys;
    }

    private static string? Iso(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
