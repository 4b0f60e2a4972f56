using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Forms;
using CentralOps.Aws.Protocols.Xml;

namespace CentralOps.Aws.Protocols.Ec2Query;

/// <summary>https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html</summary>
internal sealed class Ec2QueryProtocol(Func<string> newToken) : FormProtocol(FormDialect.Ec2Query, newToken)
{
    public override ProtocolKind Kind => ProtocolKind.Ec2Query;

    protected override string ResponseType => "text/xml;charset=UTF-8";

    // The members stand in the root element itself, beside the request's id.
    protected override bool FindOutput(ref XmlWireReader reader, OperationModel operation) => true;

    protected override void WriteOutput(XmlWriter xml, OperationModel operation, AwsOutput output, string requestId)
    {
        xml.WriteElementString("requestId", requestId);
        WriteMembers(xml, operation, output);
    }

    // EC2 gives its errors no namespace.
    protected override byte[] WriteError(ServiceModel service, WireError error, string requestId) =>
        XmlDocuments.Write("Response", null, xml =>
        {
            xml.WriteStartElement("Errors");
            xml.WriteStartElement("Error");
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", error.Message);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteElementString("RequestID", requestId);
        });
}
