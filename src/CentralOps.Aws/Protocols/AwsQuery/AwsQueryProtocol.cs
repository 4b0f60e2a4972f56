using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Forms;
using CentralOps.Aws.Protocols.Xml;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.AwsQuery;

/// <summary>https://smithy.io/2.0/aws/protocols/aws-query-protocol.html</summary>
internal sealed class AwsQueryProtocol(Func<string> newToken) : FormProtocol(FormDialect.AwsQuery, newToken)
{
    public override ProtocolKind Kind => ProtocolKind.AwsQuery;

    protected override string ResponseType => "text/xml";

    protected override bool FindOutput(ref XmlWireReader reader, OperationModel operation)
    {
        var wrapper = WrapperOf(operation);
        var root = reader.Enter();
        while (reader.NextChild(root))
        {
            if (string.Equals(reader.Name, wrapper, StringComparison.Ordinal))
            {
                return true;
            }

            reader.Skip();
        }

        // An answer without its result must not pass for an empty one.
        return operation.Output is not { MemberArray.Length: > 0 }
            ? false
            : throw new WireFormatException($"The answer of {operation} has no '{wrapper}'.");
    }

    protected override void WriteOutput(XmlWriter xml, OperationModel operation, AwsOutput output, string requestId)
    {
        if (operation.Output is not null)
        {
            xml.WriteStartElement(WrapperOf(operation));
            WriteMembers(xml, operation, output);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("ResponseMetadata");
        xml.WriteElementString("RequestId", requestId);
        xml.WriteEndElement();
    }

    protected override byte[] WriteError(ServiceModel service, WireError error, string requestId) =>
        XmlDocuments.Write("ErrorResponse", service.XmlNamespace, xml =>
        {
            xml.WriteStartElement("Error");
            xml.WriteElementString("Type", error.SenderFault ? "Sender" : "Receiver");
            xml.WriteElementString("Code", error.Code);
            xml.WriteElementString("Message", error.Message);
            xml.WriteEndElement();
            xml.WriteElementString("RequestId", requestId);
        });

    private static string WrapperOf(OperationModel operation) => operation.ResultWrapper ?? operation.Name + "Result";
}
