using System.Text.Json;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;
using CentralOps.Sandbox.Trail;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Sandbox.Lambda.Urls;

/// <summary>One request to a function URL, and what became known of it.</summary>
internal sealed class UrlVisit(WireRequest request, SignatureVerdict verdict, DateTimeOffset now, string? sourceIp)
{
    private ServiceError? _error;

    public WireRequest Request => request;

    public SignatureVerdict Verdict => verdict;

    public DateTimeOffset Now => now;

    public string? SourceIp => sourceIp;

    public string RequestId { get; } = RequestIds.Next();

    public Principal? Caller { get; set; }

    public string? FunctionArn { get; set; }

    public WireResponse Fail(string code, string message, int status)
    {
        _error = new ServiceError(code, message, status);
        var response = new WireResponse { Status = status, Body = System.Text.Encoding.UTF8.GetBytes($$"""{"Message":"{{JsonEncodedText.Encode(message)}}"}""") };
        response.Headers.Add("Content-Type", "application/json");
        response.Headers.Add("x-amzn-ErrorType", code);
        response.Headers.Add("x-amzn-RequestId", RequestId);
        return response;
    }

    /// <summary>Whoever may not is told nothing of why.</summary>
    public WireResponse Forbid() => Fail("AccessDeniedException", "Forbidden. For troubleshooting Function URL authorization issues, see the function's policies.", StatusCodes.Status403Forbidden);

    public TrailEvent Record() => new()
    {
        Time = now,
        RequestId = RequestId,
        AccountId = Caller?.AccountId,
        CallerArn = Caller?.Arn,
        IssuerArn = Caller is { IsSession: true } ? Caller.IamArn : null,
        PrincipalId = Caller?.UserId,
        AccessKeyId = verdict.Key?.Id,
        SourceIdentity = Caller?.SourceIdentity,
        SessionTags = Caller is { Tags.Count: > 0 } ? Caller.Tags : new Dictionary<string, string>(StringComparer.Ordinal),
        SessionCreatedAt = Caller?.IssuedAt,
        Service = "lambda",
        EventSource = "lambda.amazonaws.com",
        Operation = "InvokeFunctionUrl",
        Region = verdict.Region.Length <= 64 ? verdict.Region : verdict.Region[..64],
        SourceIp = sourceIp,
        InvokedBy = Caller?.InvokedBy,
        UserAgent = request.Headers.Find("User-Agent") is { Length: > 1024 } agent ? agent[..1024] : request.Headers.Find("User-Agent"),
        ErrorCode = _error?.Code,
        ErrorMessage = _error?.Message,
        Resource = FunctionArn,
        ResourceAccountId = FunctionArn?.Split(':')[4],
    };
}
