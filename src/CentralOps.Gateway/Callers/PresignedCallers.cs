using CentralOps.Gateway.Mcp;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Callers;

/// <summary>Authorizer AWS_IAM for identities whose keys are not known here: <c>Authorization: Bearer central-ops-aws-v1.…</c>, a presigned GetCallerIdentity.</summary>
internal sealed class PresignedCallers(AwsIdentityOptions options, AwsIdentities identities, TimeProvider time) : ICallers
{
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    public ValueTask<Admission> AdmitAsync(IHttpRequestFeature request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var bearer = Presented.By(request).Bearer;
        if (PresignedUrl.Read(bearer, options.StsEndpoint, time.GetUtcNow(), MaxSkew, out var problem) is not { } url)
        {
            return new(new Admission(McpError.Unauthenticated($"The AWS identity {problem}.")));
        }

        return identities.AdmitAsync(url, CredentialDigest.Of(bearer), cancellationToken);
    }
}
