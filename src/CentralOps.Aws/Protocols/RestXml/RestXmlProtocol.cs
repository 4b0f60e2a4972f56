using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Protocols.Rest;
using CentralOps.Aws.Protocols.Xml;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.RestXml;

/// <summary>https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html, and Amazon S3.</summary>
internal sealed class RestXmlProtocol(Func<string> newToken) : RestProtocol(new XmlRestDialect(), newToken)
{
    /// <summary>What AWS's SDKs take an error for that came with status 200: the service's own, and worth another attempt.</summary>
    private const int StatusOfLateError = 500;

    public override ProtocolKind Kind => ProtocolKind.RestXml;

    /// <summary>
    /// S3 begins some answers (CopyObject, CompleteMultipartUpload) before it knows how they end, so an error may come with status 200.
    /// Every answer that is a document is looked at; an object's own bytes are not.
    /// </summary>
    public override bool IsError(OperationModel operation, WireResponse response) =>
        base.IsError(operation, response)
        || (!RestBodies.IsRaw(RestBodies.PayloadOf(operation.Output ?? Shape.Empty)) && XmlErrors.IsBareError(response.Body.Span));

    public override WireError ReadError(OperationModel operation, WireResponse response)
    {
        var error = XmlErrors.Read(response);
        if (S3.Is(operation.Service))
        {
            error = error with { BucketRegion = response.Headers.Find(S3.RegionHeader) };
        }

        if (!base.IsError(operation, response))
        {
            return error with { Status = StatusOfLateError, SenderFault = false };
        }

        // The answer to HEAD has no body, so its status has to say it.
        return response.Body.IsEmpty && CodeOf(response.Status) is { } code ? error with { Code = code } : error;
    }

    protected override string PathOf(ServiceModel service, WireRequest request) => S3.Is(service) ? S3.PathOf(request) : request.Path;

    protected override string RequestIdHeader(ServiceModel service) => S3.Is(service) ? S3.RequestIdHeader : RequestIds.Header;

    protected override WireResponse WriteError(ServiceModel service, ErrorModel? declared, WireError error, string requestId)
    {
        var code = declared?.Code ?? error.Code;
        if (S3.Is(service))
        {
            return WriteBareError(code, error, requestId);
        }

        var sender = declared?.SenderFault ?? error.SenderFault;
        return new WireResponse
        {
            Body = XmlDocuments.Write("ErrorResponse", service.XmlNamespace, xml =>
            {
                xml.WriteStartElement("Error");
                xml.WriteElementString("Type", sender ? "Sender" : "Receiver");
                WriteMembers(xml, code, error.Message);
                xml.WriteEndElement();
                xml.WriteElementString("RequestId", requestId);
            }),
        };
    }

    private static WireResponse WriteBareError(string code, WireError error, string requestId)
    {
        var response = new WireResponse
        {
            Body = XmlDocuments.Write("Error", null, xml =>
            {
                WriteMembers(xml, code, error.Message);
                if (error.BucketRegion is not null)
                {
                    xml.WriteElementString("Region", error.BucketRegion);
                }

                xml.WriteElementString("RequestId", requestId);
            }),
        };
        if (error.BucketRegion is not null)
        {
            response.Headers.Set(S3.RegionHeader, error.BucketRegion);
        }

        return response;
    }

    private static void WriteMembers(XmlWriter xml, string code, string message)
    {
        xml.WriteElementString("Code", code);
        xml.WriteElementString("Message", message);
    }

    private static string? CodeOf(int status) => status switch
    {
        301 => "PermanentRedirect",
        307 => "TemporaryRedirect",
        304 => "NotModified",
        400 => "BadRequest",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        409 => "Conflict",
        412 => "PreconditionFailed",
        416 => "InvalidRange",
        500 => "InternalError",
        503 => "ServiceUnavailable",
        _ => null,
    };
}
