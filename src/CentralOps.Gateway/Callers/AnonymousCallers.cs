using CentralOps.Access.Callers;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Callers;

/// <summary>Authorizer NONE: whoever reaches the listener. It is refused on any address but loopback when the server starts.</summary>
internal sealed class AnonymousCallers : ICallers
{
    public ValueTask<Admission> AdmitAsync(IHttpRequestFeature request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new Admission(Caller.Anonymous));
}
