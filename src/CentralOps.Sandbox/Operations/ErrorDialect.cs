using CentralOps.Aws.Signing;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Operations;

/// <summary>
/// The codes and statuses with which AWS's services refuse a caller. They differ by the age of the service, not by its protocol
/// alone. Observed answers; AWS documents them per service under "Common errors".
/// </summary>
internal abstract class ErrorDialect
{
    private const string NotAuthenticated = "AWS was not able to validate the provided access credentials";

    public static ErrorDialect Query { get; } = new QueryDialect();

    public static ErrorDialect Ec2 { get; } = new Ec2Dialect();

    /// <summary>awsJson services: everything is a 400.</summary>
    public static ErrorDialect Json { get; } = new JsonDialect(400);

    /// <summary>restJson services: 403.</summary>
    public static ErrorDialect Rest { get; } = new JsonDialect(403);

    public abstract ServiceError Refuse(SignatureVerdict verdict);

    public abstract ServiceError Refuse(AccessRequest request, Decision decision);

    public abstract ServiceError UnknownOperation(string? name, string version);

    public abstract ServiceError Malformed(string message);

    /// <summary>A key of an account for which the region is switched off.</summary>
    public abstract ServiceError RegionDisabled { get; }

    protected static string NotAuthorized(AccessRequest request, Decision decision)
    {
        var resource = request.Resource is "*" ? "" : $" on resource: {request.Resource}";
        return $"User: {request.Principal.Arn} is not authorized to perform: {request.Action}{resource}{decision.Reason(request.Action)}";
    }

    private sealed class QueryDialect : ErrorDialect
    {
        public override ServiceError RegionDisabled => new("InvalidClientTokenId", "The security token included in the request is invalid.", 403);

        public override ServiceError Refuse(SignatureVerdict verdict) => verdict.Problem switch
        {
            SignatureProblem.Missing => new("MissingAuthenticationToken", "Request is missing Authentication Token", 403),
            SignatureProblem.Incomplete => new("IncompleteSignature", verdict.Message),
            SignatureProblem.Expired => new("ExpiredToken", "The security token included in the request is expired", 403),
            SignatureProblem.UnknownKey or SignatureProblem.TokenMismatch => RegionDisabled,
            _ => new("SignatureDoesNotMatch", verdict.Message, 403),
        };

        public override ServiceError Refuse(AccessRequest request, Decision decision) => new("AccessDenied", NotAuthorized(request, decision), 403);

        public override ServiceError UnknownOperation(string? name, string version) =>
            new("InvalidAction", $"Could not find operation {name} for version {version}");

        public override ServiceError Malformed(string message) => new("MalformedInput", message);
    }

    private sealed class Ec2Dialect : ErrorDialect
    {
        public override ServiceError RegionDisabled => new("AuthFailure", NotAuthenticated, 401);

        public override ServiceError Refuse(SignatureVerdict verdict) => verdict.Problem switch
        {
            SignatureProblem.Missing => new("MissingParameter", "The request must contain the parameter AWSAccessKeyId"),
            SignatureProblem.Incomplete => new("IncompleteSignature", verdict.Message),
            SignatureProblem.Expired or SignatureProblem.Skewed => new("RequestExpired", "Request has expired."),
            _ => RegionDisabled,
        };

        public override ServiceError Refuse(AccessRequest request, Decision decision) =>
            new("UnauthorizedOperation", "You are not authorized to perform this operation. " + NotAuthorized(request, decision), 403);

        public override ServiceError UnknownOperation(string? name, string version) =>
            new("InvalidAction", $"The action {name} is not valid for this web service.");

        public override ServiceError Malformed(string message) => new("InvalidParameterValue", message);
    }

    private sealed class JsonDialect(int status) : ErrorDialect
    {
        public override ServiceError RegionDisabled => new("UnrecognizedClientException", "The security token included in the request is invalid.", status);

        public override ServiceError Refuse(SignatureVerdict verdict) => verdict.Problem switch
        {
            SignatureProblem.Missing => new("MissingAuthenticationTokenException", "Missing Authentication Token", status),
            SignatureProblem.Incomplete => new("IncompleteSignatureException", verdict.Message, status),
            SignatureProblem.Expired => new("ExpiredTokenException", "The security token included in the request is expired", status),
            SignatureProblem.UnknownKey or SignatureProblem.TokenMismatch => RegionDisabled,
            _ => new("InvalidSignatureException", verdict.Message, status),
        };

        public override ServiceError Refuse(AccessRequest request, Decision decision) =>
            new("AccessDeniedException", NotAuthorized(request, decision), status);

        public override ServiceError UnknownOperation(string? name, string version) => new("UnknownOperationException", "", status == 403 ? 404 : 400);

        public override ServiceError Malformed(string message) => new("SerializationException", message);
    }
}
