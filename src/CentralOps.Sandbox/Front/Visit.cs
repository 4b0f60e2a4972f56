using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;
using CentralOps.Sandbox.Trail;

namespace CentralOps.Sandbox.Front;

/// <summary>One request on its way, and what became known of it: errors are written from it, and its record in the trail.</summary>
internal sealed class Visit(WireRequest request, SignatureVerdict verdict, DateTimeOffset now, string? sourceIp)
{
    private const int LongestText = 1024;

    private ServiceError? _error;

    public WireRequest Request => request;

    public SignatureVerdict Verdict => verdict;

    public DateTimeOffset Now => now;

    public string? SourceIp => sourceIp;

    public string RequestId { get; } = RequestIds.Next();

    public Service? Service { get; set; }

    public WireProtocol? Protocol { get; set; }

    public OperationModel? Operation { get; set; }

    /// <summary>The name of an operation that no service here has; null for one that is served, or that cannot be told.</summary>
    public string? UnservedOperation { get; set; }

    public Principal? Caller { get; set; }

    /// <summary>The ARN of what the operation is about; null where it is no single resource.</summary>
    public string? Resource { get; set; }

    /// <summary>What follows the response's head where the answer is a stream of events.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>>? Events { get; set; }

    public string? UserAgent => request.Headers.Find("User-Agent");

    /// <summary>Writes an error as the service has it.</summary>
    public WireResponse Fail(ServiceError error)
    {
        var response = Fail(new WireError(error.Code, error.Message, error.Status) { SenderFault = error.Status < 500 });
        foreach (var (name, value) in error.Headers)
        {
            response.Headers.Set(name, value);
        }

        if (error.RetryAfterSeconds is not null)
        {
            ThrottleShape.Complete(response, error);
        }

        return response;
    }

    public WireResponse Fail(WireError error)
    {
        _error = new ServiceError(error.Code, error.Message, error.Status);
        return Protocol!.WriteError(Service!.Model, Operation, error with { RequestId = RequestId }, RequestId);
    }

    /// <summary>No service here takes it.</summary>
    public WireResponse NotServed()
    {
        _error = new ServiceError("UnknownOperationException", $"This sandbox does not serve '{verdict.Service}'.");
        return Front.NotServed.Answer(request, verdict.Service, RequestId);
    }

    /// <summary>No service here takes it, and the caller may not do it anyway.</summary>
    public WireResponse NotAllowed(AccessRequest question, Decision decision)
    {
        _error = ErrorDialect.Json.Refuse(question, decision);
        return Front.NotServed.Refused(request, verdict.Service, _error.Message, RequestId);
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
        Service = Service?.Model.Name ?? Short(verdict.Service) ?? "",
        EventSource = $"{Service?.Model.EndpointPrefix ?? Short(verdict.Service)}.amazonaws.com",
        Operation = Operation?.Name ?? Short(UnservedOperation ?? Router.NameOf(request)) ?? "",
        Region = Short(verdict.Region) ?? "",
        SourceIp = sourceIp,
        InvokedBy = Caller?.InvokedBy,
        UserAgent = Short(UserAgent),
        ErrorCode = _error?.Code,
        ErrorMessage = Short(_error?.Message),
        ReadOnly = IsRead(Operation?.Name ?? UnservedOperation),
        Resource = Short(Resource),
        ResourceAccountId = Resource is null ? null : OwnerOf(Resource) ?? Caller?.AccountId,
    };

    // Only said of the call, nothing is granted by it: CloudTrail's own flag goes by the kind of operation, too.
    private static bool IsRead(string? operation) =>
        operation is not null
        && (operation.StartsWith("Describe", StringComparison.Ordinal) || operation.StartsWith("Get", StringComparison.Ordinal)
            || operation.StartsWith("List", StringComparison.Ordinal) || operation.StartsWith("Head", StringComparison.Ordinal)
            || operation.StartsWith("Lookup", StringComparison.Ordinal) || operation.StartsWith("Simulate", StringComparison.Ordinal)
            || operation.StartsWith("AssumeRole", StringComparison.Ordinal)
            // https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html
            || operation.StartsWith("Converse", StringComparison.Ordinal));

    // A bucket's ARN tells no account.
    private static string? OwnerOf(string arn) => arn.Split(':', 6) is [_, _, _, _, { Length: > 0 and <= 12 } account, _] ? account : null;

    private static string? Short(string? text) => text is { Length: > LongestText } ? text[..LongestText] : text;
}
