using System.Security.Cryptography;
using System.Text;
using CentralOps.Gateway.Mcp;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Callers;

/// <summary>Authorizer LOCAL_TOKEN: <c>Authorization: Bearer …</c> with the token of this run. Other users of the machine and web pages do not know it.</summary>
internal sealed class TokenCallers(LocalToken local) : ICallers
{
    private const string Scheme = "Bearer ";

    // Digests of one length, so that the comparison tells neither the token nor how long it is.
    private readonly byte[] _expected = SHA256.HashData(Encoding.UTF8.GetBytes(local.Token));

    public ValueTask<Admission> AdmitAsync(IHttpRequestFeature request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        ValueTask.FromResult(IsBearer(request)
            ? new Admission(local.Caller)
            : new Admission(McpError.Unauthenticated("this gateway reaches real accounts and takes 'Authorization: Bearer TOKEN' with the token that it made at its start ('centralops status' tells it)")));

    private bool IsBearer(IHttpRequestFeature request)
    {
        var header = request.Headers.Authorization;
        return header.Count == 1
            && header[0] is { } value
            && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(value[Scheme.Length..].Trim())), _expected);
    }
}
