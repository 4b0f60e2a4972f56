using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;

namespace CentralOps.Aws.Signing;

/// <summary>How a service words a refused signature: query services, EC2, S3 and the JSON services each have their own codes.</summary>
public static class SignatureErrors
{
    private const string AuthFailure = "AWS was not able to validate the provided access credentials";

    /// <param name="verdict">A refusal.</param>
    /// <param name="protocol">The protocol that the answer is written in.</param>
    /// <param name="service">The service's signing name, such as <c>s3</c>.</param>
    public static WireError For(SignatureVerdict verdict, ProtocolKind protocol, string service) => protocol switch
    {
        ProtocolKind.Ec2Query => Ec2(verdict),
        ProtocolKind.AwsQuery => Query(verdict),
        ProtocolKind.RestXml => SigningScope.IsS3(service) ? S3(verdict) : Query(verdict),
        ProtocolKind.RestJson1 => Json(verdict, status: 403),
        _ => Json(verdict, status: 400),
    };

    private static WireError Query(SignatureVerdict verdict) =>
        new(verdict.Code, verdict.Message, verdict.Problem == SignatureProblem.Incomplete ? 400 : 403);

    private static WireError Ec2(SignatureVerdict verdict) => verdict.Problem switch
    {
        SignatureProblem.Missing or SignatureProblem.Incomplete => Query(verdict),
        SignatureProblem.Skewed or SignatureProblem.Expired => new WireError("RequestExpired", "Request has expired.", 400),
        _ => new WireError("AuthFailure", AuthFailure, 401),
    };

    private static WireError S3(SignatureVerdict verdict) => verdict.Problem switch
    {
        SignatureProblem.Missing => new WireError("AccessDenied", "Access Denied", 403),
        SignatureProblem.Incomplete or SignatureProblem.WrongScope => new WireError("AuthorizationHeaderMalformed", verdict.Message, 400),
        SignatureProblem.UnknownKey => new WireError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403),
        SignatureProblem.Skewed => new WireError("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403),
        SignatureProblem.Expired => new WireError("ExpiredToken", "The provided token has expired.", 400),
        SignatureProblem.TokenMismatch => new WireError("InvalidToken", "The provided token is malformed or otherwise invalid.", 400),
        _ => Query(verdict),
    };

    private static WireError Json(SignatureVerdict verdict, int status) => verdict.Problem switch
    {
        SignatureProblem.Missing => new WireError("MissingAuthenticationTokenException", "Missing Authentication Token", status),
        SignatureProblem.Incomplete => new WireError("IncompleteSignatureException", verdict.Message, status),
        SignatureProblem.UnknownKey or SignatureProblem.TokenMismatch => new WireError("UnrecognizedClientException", verdict.Message, status),
        SignatureProblem.Expired => new WireError("ExpiredTokenException", verdict.Message, status),
        _ => new WireError("InvalidSignatureException", verdict.Message, status),
    };
}
