using CentralOps.Access.Callers;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Gateway.Mcp;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Callers;

/// <summary>Authorizers AWS_IAM and AUTHENTICATE_ONLY: Signature Version 4 for <c>bedrock-agentcore</c> by a key that is known here.</summary>
internal sealed class IamCallers(IAccessKeys keys, string region, TimeProvider time) : ICallers
{
    /// <summary>AUTHENTICATE_ONLY: whose signature verifies is admitted; what he may is decided by interceptors and policies.</summary>
    public bool AuthenticatesOnly { get; init; }

    private readonly SignatureRules _rules = new() { Services = ["bedrock-agentcore"], Region = region };

    public ValueTask<Admission> AdmitAsync(IHttpRequestFeature request, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var verdict = SignatureV4.Verify(AsSent(request, body), keys, time.GetUtcNow(), _rules);
        var admission = verdict switch
        {
            { Accepted: true, Key: { DeniedAction: { } action } key } when !AuthenticatesOnly =>
                new Admission(McpError.Unauthenticated($"AccessDeniedException: {key.PrincipalArn} is not authorized to perform: {action}")),
            { Accepted: true, Key: { } key } => new Admission(new Caller(key.PrincipalArn, CallerKind.Iam)),
            _ => new Admission(McpError.Unauthenticated($"{verdict.Code}: {verdict.Message}")),
        };
        return ValueTask.FromResult(admission);
    }

    /// <summary>The signature covers the target as it was sent, before any decoding.</summary>
    private static WireRequest AsSent(IHttpRequestFeature request, ReadOnlyMemory<byte> body)
    {
        var target = request.RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var wire = new WireRequest
        {
            Method = request.Method,
            Path = query < 0 ? target : target[..query],
            Query = query < 0 ? "" : target[(query + 1)..],
            Body = body,
        };
        foreach (var (name, values) in request.Headers)
        {
            foreach (var value in values)
            {
                wire.Headers.Add(name, value ?? "");
            }
        }

        return wire;
    }
}
