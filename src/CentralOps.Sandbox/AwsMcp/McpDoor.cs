using CentralOps.Aws.Models;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Trail;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.AwsMcp;

/// <summary>
/// Where the stand-in for the AWS MCP Server answers. Who may call it is no question of its own: whoever signs may, and what his scripts
/// may do is for the policies of the services they call.
/// https://docs.aws.amazon.com/agent-toolkit/latest/userguide/security_iam_troubleshoot.html
/// </summary>
internal sealed partial class McpDoor(
    AwsMcpOptions options, AccessKeyStore keys, Authorizer authorizer, FaultRegistry faults, TrailLog trail, McpEndpoint endpoint, TimeProvider time, TimeProvider clock, ILogger<McpDoor> logger)
{
    public const string SigningName = "aws-mcp";
    public const string ServiceName = "aws-mcp.amazonaws.com";

    /// <summary>What a fault names to strike here.</summary>
    public const string Operation = "InvokeMcp";

    private const string Path = "/mcp";

    /// <summary>Where AWS runs it.</summary>
    private static readonly string[] Regions = ["us-east-1", "eu-central-1"];

    private readonly McpQuotas _quotas = new(options, clock);

    /// <summary>By the scope; without a signature, by the path, which no other service of the sandbox has.</summary>
    public static bool IsFor(WireRequest request, SignatureVerdict verdict) => verdict.Service switch
    {
        SigningName => true,
        "" => request.Path is Path or Path + "/",
        _ => false,
    };

    public async Task<(WireResponse Response, FaultKind? Fault)> AnswerAsync(
        WireRequest request, SignatureVerdict verdict, string? sourceIp, CancellationToken cancellationToken)
    {
        var visit = new McpVisit(request, verdict, time.GetUtcNow(), sourceIp);
        try
        {
            // 1. Who signed it?
            if (Introduce(visit) is { } stranger)
            {
                return (stranger, null);
            }

            // 2. Does a fault stand in its way?
            var hit = faults.Strike(new CallSite(visit.Caller!.AccountId, verdict.Region, SigningName, Operation));
            if (hit.Delay > TimeSpan.Zero)
            {
                await Task.Delay(hit.Delay, time, cancellationToken);
            }

            if (hit.Decisive is { } fault && Instead(visit, fault) is { } instead)
            {
                return (instead, fault.Kind);
            }

            // 3. Is it within the quotas?
            using var place = _quotas.TryEnter(visit.Tenant, out var exceeded);
            return (place is null ? Throttled(visit, exceeded) : await endpoint.AnswerAsync(visit, cancellationToken), hit.Decisive?.Kind);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            LogDefect(visit.RequestId, defect);
            return (visit.Fail("InternalServerException", "An internal error occurred.", StatusCodes.Status500InternalServerError), null);
        }
        finally
        {
            trail.Add(visit.Record());
        }
    }

    public static WireResponse Throttled(McpVisit visit, string exceeded)
    {
        var response = visit.Fail("ThrottlingException", exceeded, StatusCodes.Status429TooManyRequests);
        response.Headers.Set("Retry-After", "1");
        return response;
    }

    private WireResponse? Introduce(McpVisit visit)
    {
        var verdict = visit.Verdict;
        if (!verdict.Accepted)
        {
            return Unsigned(visit, verdict);
        }

        if (!Regions.Contains(verdict.Region, StringComparer.Ordinal))
        {
            return visit.Fail("InvalidSignatureException", "Credential should be scoped to a valid region.", StatusCodes.Status403Forbidden);
        }

        visit.Caller = keys.TryFindPrincipal(verdict.Key!.Id, out var caller) ? caller : null;
        if (visit.Caller is null || !authorizer.MayUseRegion(visit.Caller, verdict.Region))
        {
            return visit.Fail("UnrecognizedClientException", "The security token included in the request is invalid.", StatusCodes.Status403Forbidden);
        }

        return visit.Request.Path is Path or Path + "/"
            ? null
            : visit.Fail("ResourceNotFoundException", "The AWS MCP Server answers at the path /mcp.", StatusCodes.Status404NotFound);
    }

    private static WireResponse Unsigned(McpVisit visit, SignatureVerdict verdict)
    {
        var error = SignatureErrors.For(verdict, ProtocolKind.RestJson1, SigningName);
        return visit.Fail(error.Code, error.Message, StatusCodes.Status403Forbidden);
    }

    private static WireResponse? Instead(McpVisit visit, Fault fault) => fault.Kind switch
    {
        FaultKind.Throttle => Throttled(visit, "Rate exceeded"),
        FaultKind.Deny => visit.Fail("AccessDeniedException", $"User: {visit.Caller!.Arn} is not authorized to perform: {SigningName}:{Operation}", StatusCodes.Status403Forbidden),
        FaultKind.Expired => visit.Fail("ExpiredTokenException", "The security token included in the request is expired", StatusCodes.Status403Forbidden),
        FaultKind.Drop => visit.Fail("InternalServerException", "An internal error occurred.", StatusCodes.Status500InternalServerError),
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The stand-in for the AWS MCP Server failed on request {RequestId}.")]
    private partial void LogDefect(string requestId, Exception defect);
}
