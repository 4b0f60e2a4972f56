using CentralOps.Access.Callers;
using CentralOps.Gateway.Mcp;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Callers;

/// <summary>Establishes who asks, by one of the ways that a gateway's authorizer names.</summary>
internal interface ICallers
{
    /// <param name="request">The request's head.</param>
    /// <param name="body">Its body as it came: nothing in it has been looked at.</param>
    ValueTask<Admission> AdmitAsync(IHttpRequestFeature request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}

/// <summary>A caller, or why there is none.</summary>
internal readonly record struct Admission
{
    public Admission(Caller caller) => Caller = caller;

    public Admission(McpError refusal) => Refusal = refusal;

    public Caller? Caller { get; }

    public McpError? Refusal { get; }
}
