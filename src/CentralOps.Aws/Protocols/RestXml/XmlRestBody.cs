using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Rest;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Protocols.Xml;

namespace CentralOps.Aws.Protocols.RestXml;

/// <summary>An XML body of several members, in one element or, where the one member is the whole document, in none.</summary>
internal sealed class XmlRestBody : RestBody
{
    private readonly MemoryStream _body = new();
    private readonly XmlWriter _xml;
    private readonly XmlBodyWriter _writer;
    private readonly Shape _shape;
    private readonly bool _isRequest;
    private readonly bool _isWrapped;
    private bool _isEmpty = true;

    public XmlRestBody(InputReader ahead, Shape shape, (string Name, XmlNamespace? Declared)? root, Func<string>? newToken)
    {
        _shape = shape;
        _isRequest = newToken is not null;
        _isWrapped = root is not null;
        _xml = XmlDocuments.Open(_body);
        _writer = new XmlBodyWriter(_xml, newToken);
        if (root is var (name, declared))
        {
            XmlBodyWriter.Open(_xml, name, declared);
            _writer.WriteAttributes(ahead, shape);
        }
    }

    public override void Write(ref InputReader input, Member member)
    {
        _isEmpty = false;
        _writer.WriteMember(ref input, member);
    }

    public override (ReadOnlyMemory<byte> Body, string? ContentType) Finish(MemberSet given)
    {
        foreach (var member in _shape.MemberArray)
        {
            _isEmpty &= !(_isRequest && member is { IdempotencyToken: true, Location: MemberLocation.Body });
        }

        // A request without a member for its body has none.
        if (_isEmpty && _isRequest)
        {
            return (default, null);
        }

        // S3's way of saying us-east-1.
        if (_isEmpty && !_isWrapped)
        {
            _xml.WriteElementString(_shape.MemberArray[0].WireName, "");
        }

        _writer.WriteTokens(_shape, given);
        if (_isWrapped)
        {
            _xml.WriteEndElement();
        }

        _xml.Flush();
        return (_body.ToArray(), XmlRestDialect.Xml);
    }

    public override void Dispose()
    {
        _xml.Dispose();
        _body.Dispose();
    }
}
