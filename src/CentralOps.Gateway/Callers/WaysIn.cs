using CentralOps.Access.Callers;
using CentralOps.Gateway.Mcp;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Callers;

/// <summary>
/// Several ways into one gateway. What a request carries says which one judges it, and that one's word is final: a credential that fails is never tried elsewhere, and
/// nobody who shows one is taken for nobody.
/// </summary>
internal sealed class WaysIn : ICallers
{
    private static readonly ICallers NoWay = new Refusing();

    /// <summary>Judges what carries nothing: it admits, or tells what to carry.</summary>
    public required ICallers Otherwise { get; init; }

    public ICallers? Signature { get; init; }

    public ICallers? AwsIdentity { get; init; }

    public ICallers? Jwt { get; init; }

    public ICallers? LocalToken { get; init; }

    public ValueTask<Admission> AdmitAsync(IHttpRequestFeature request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var way = Presented.By(request).Form switch
        {
            CredentialForm.Nothing => Otherwise,
            CredentialForm.Signature => Signature ?? NoWay,
            CredentialForm.AwsIdentity => AwsIdentity ?? NoWay,
            CredentialForm.Jwt => Jwt ?? LocalToken ?? NoWay,
            CredentialForm.Opaque => LocalToken ?? Jwt ?? NoWay,
            _ => Jwt ?? LocalToken ?? NoWay,
        };
        return way.AdmitAsync(request, body, cancellationToken);
    }

    private sealed class Refusing : ICallers
    {
        public ValueTask<Admission> AdmitAsync(IHttpRequestFeature request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
            new(new Admission(McpError.Unauthenticated("This gateway does not take the kind of credential that the request carries.")));
    }
}
