using System.Security;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Wire;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Sandbox.Front;

/// <summary>Answers to what no service here takes, in a form that the client of such a service can read.</summary>
internal static class NotServed
{
    /// <summary>A request for a service of AWS that the sandbox does not have.</summary>
    public static WireResponse Answer(WireRequest request, string service, string requestId)
    {
        var message = $"This sandbox does not serve {(service.Length == 0 ? "such requests" : $"the service '{service}'")}.";
        return Router.Form(request) switch
        {
            ProtocolKind.AwsQuery => Xml(StatusCodes.Status400BadRequest, "InvalidAction", message, requestId),
            ProtocolKind.RestJson1 when service is "s3" or "route53" or "cloudfront" => Xml(StatusCodes.Status501NotImplemented, "NotImplemented", message, requestId),
            ProtocolKind.RestJson1 => Json(StatusCodes.Status404NotFound, "UnknownOperationException", message, requestId),
            _ => Json(StatusCodes.Status400BadRequest, "UnknownOperationException", message, requestId),
        };
    }

    /// <summary>The policies refuse it, whether or not it is served.</summary>
    public static WireResponse Refused(WireRequest request, string service, string message, string requestId) => Router.Form(request) switch
    {
        ProtocolKind.AwsQuery => Xml(StatusCodes.Status403Forbidden, "AccessDenied", message, requestId),
        ProtocolKind.RestJson1 when service is "s3" or "route53" or "cloudfront" => Xml(StatusCodes.Status403Forbidden, "AccessDenied", message, requestId),
        ProtocolKind.RestJson1 => Json(StatusCodes.Status403Forbidden, "AccessDeniedException", message, requestId),
        _ => Json(StatusCodes.Status400BadRequest, "AccessDeniedException", message, requestId),
    };

    /// <summary>A body that no service here takes, whoever sent it.</summary>
    public static WireResponse TooLarge() => Json(
        StatusCodes.Status413PayloadTooLarge,
        "RequestTooLargeException",
        $"Request must be smaller than {FrontDoor.MaxPayloadBytes} bytes for the InvokeFunction operation",
        "");

    private static WireResponse Json(int status, string code, string message, string requestId)
    {
        var response = Make(status, "application/x-amz-json-1.1", $$"""{"__type":"{{code}}","message":"{{JsonEncodedText.Encode(message)}}"}""", requestId);
        response.Headers.Add("x-amzn-ErrorType", code);
        return response;
    }

    private static WireResponse Xml(int status, string code, string message, string requestId) => Make(
        status,
        "text/xml",
        $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{SecurityElement.Escape(message)}</Message></Error><RequestId>{requestId}</RequestId></ErrorResponse>",
        requestId);

    private static WireResponse Make(int status, string type, string body, string requestId)
    {
        var response = new WireResponse { Status = status, Body = Encoding.UTF8.GetBytes(body) };
        response.Headers.Add("Content-Type", type);
        response.Headers.Add("x-amzn-RequestId", requestId);
        return response;
    }
}
