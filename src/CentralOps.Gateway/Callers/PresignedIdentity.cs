using System.Buffers.Text;
using System.Text;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;

namespace CentralOps.Gateway.Callers;

/// <summary>
/// The client's half of an AWS identity for a gateway: a presigned <c>GetCallerIdentity</c> whose signature covers the gateway's id, so that no gateway can use
/// at another what was sent to it. Sent as <c>Authorization: Bearer central-ops-aws-v1.…</c>.
/// </summary>
public static class PresignedIdentity
{
    /// <summary>The header that the signature covers beside <c>Host</c>; its value is the gateway's id.</summary>
    public const string GatewayHeader = "x-centralops-gateway";

    /// <summary>STS lets presigned requests live as long.</summary>
    public static TimeSpan MaxLifetime { get; } = TimeSpan.FromMinutes(15);

    internal const string Query = "Action=GetCallerIdentity&Version=2011-06-15";

    /// <param name="stsEndpoint">The STS that the gateway asks.</param>
    /// <param name="region">Of that STS.</param>
    /// <param name="lifetime">One second to 15 minutes. Whoever has the token is the caller as long.</param>
    /// <returns>The bearer token, without the scheme.</returns>
    public static string Create(AwsCredentials credentials, Uri stsEndpoint, string region, string gatewayId, DateTimeOffset now, TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, MaxLifetime);
        var request = new WireRequest { Method = "GET", Path = "/", Query = Query };
        request.Headers.Add("Host", stsEndpoint.Authority);
        request.Headers.Add(GatewayHeader, gatewayId);
        SignatureV4.Presign(request, credentials, new SigningScope(region, "sts"), now, lifetime);
        var url = $"{stsEndpoint.GetLeftPart(UriPartial.Authority)}/?{request.Query}";
        return Presented.AwsIdentityPrefix + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(url));
    }
}
