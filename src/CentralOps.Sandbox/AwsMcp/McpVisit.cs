using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.AwsMcp;

/// <summary>One request to the stand-in, and what became known of it.</summary>
internal sealed class McpVisit(WireRequest request, SignatureVerdict verdict, DateTimeOffset now, string? sourceIp)
{
    private const int LongestText = 1024;

    private ServiceError? _error;

    public WireRequest Request => request;

    public SignatureVerdict Verdict => verdict;

    public DateTimeOffset Now => now;

    public string RequestId { get; } = RequestIds.Next();

    public Principal? Caller { get; set; }

    public McpTenant Tenant => new(Caller!.AccountId, verdict.Region);

    /// <summary>As CloudTrail names it: <c>InvokeMcp</c>, <c>CallReadOnlyTool</c> or <c>CallReadWriteTool</c>.</summary>
    public string Operation { get; set; } = McpDoor.Operation;

    public WireResponse Fail(string code, string message, int status)
    {
        _error = new ServiceError(code, message, status);
        return McpReply.Refusal(_error, RequestId);
    }

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
        Service = McpDoor.SigningName,
        EventSource = McpDoor.ServiceName,
        Operation = Operation,
        Region = Short(verdict.Region) ?? "",
        SourceIp = sourceIp,
        InvokedBy = Caller?.InvokedBy,
        UserAgent = Short(request.Headers.Find("User-Agent")),
        ErrorCode = _error?.Code,
        ErrorMessage = Short(_error?.Message),
        ReadOnly = Operation is not "CallReadWriteTool",
    };

    private static string? Short(string? text) => text is { Length: > LongestText } ? text[..LongestText] : text;
}
