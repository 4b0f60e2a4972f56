using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Operations;

/// <summary>
/// The codes and statuses with which AWS's services refuse what is none of an operation's own business. They differ by the age of the
/// service, not by its protocol alone. Observed answers; AWS documents them per service under "Common errors".
/// </summary>
internal sealed record ErrorDialect
{
    public static ErrorDialect Query { get; } = new()
    {
        Denied = words => new("AccessDenied", words, 403),
        UnknownOperation = (name, version) => new("InvalidAction", $"Could not find operation {name} for version {version}"),
        Malformed = words => new("MalformedInput", words),
        UnknownKey = new("InvalidClientTokenId", "The security token included in the request is invalid.", 403),
    };

    public static ErrorDialect Ec2 { get; } = new()
    {
        Denied = words => new("UnauthorizedOperation", "You are not authorized to perform this operation. " + words, 403),
        UnknownOperation = (name, _) => new("InvalidAction", $"The action {name} is not valid for this web service."),
        Malformed = words => new("InvalidParameterValue", words),
        UnknownKey = new("AuthFailure", "AWS was not able to validate the provided access credentials", 401),
    };

    public static ErrorDialect S3 { get; } = new()
    {
        Denied = words => new("AccessDenied", words, 403),
        UnknownOperation = (_, _) => new("NotImplemented", "A header you provided implies functionality that is not implemented.", 501),
        Malformed = words => new("InvalidRequest", words),
        UnknownKey = new("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403),
    };

    /// <summary>awsJson services: everything is a 400.</summary>
    public static ErrorDialect Json { get; } = ForJson(status: 400, unknownOperation: 400);

    public static ErrorDialect Rest { get; } = ForJson(status: 403, unknownOperation: 404);

    /// <summary>What the policies refuse.</summary>
    public required Func<string, ServiceError> Denied { private get; init; }

    /// <summary>By the operation's name and the API's version.</summary>
    public required Func<string?, string, ServiceError> UnknownOperation { get; init; }

    /// <summary>A request that its protocol cannot read.</summary>
    public required Func<string, ServiceError> Malformed { get; init; }

    /// <summary>A key that is not valid here, such as one of an account for which the region is switched off.</summary>
    public required ServiceError UnknownKey { get; init; }

    public ServiceError Refuse(AccessRequest request, Decision decision)
    {
        var resource = request.Resource is "*" ? "" : $" on resource: {request.Resource}";
        return Denied($"User: {request.Principal.Arn} is not authorized to perform: {request.Action}{resource}{decision.Reason(request.Action)}");
    }

    private static ErrorDialect ForJson(int status, int unknownOperation) => new()
    {
        Denied = words => new("AccessDeniedException", words, status),
        UnknownOperation = (_, _) => new("UnknownOperationException", "", unknownOperation),
        Malformed = words => new("SerializationException", words),
        UnknownKey = new("UnrecognizedClientException", "The security token included in the request is invalid.", status),
    };
}
