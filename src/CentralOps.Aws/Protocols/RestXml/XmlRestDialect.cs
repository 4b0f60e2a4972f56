using System.Text.Json;
using System.Xml;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Rest;
using CentralOps.Aws.Protocols.Scalars;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Protocols.Xml;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.RestXml;

/// <summary>Bodies of restXml. What the root element is called matters to who writes it only.</summary>
internal sealed class XmlRestDialect : RestDialect
{
    public const string Xml = "application/xml";

    public override string ContentType => Xml;

    public override RestBody? Begin(InputReader ahead, OperationModel operation, Func<string>? newToken)
    {
        if (operation.Input is not { } shape || !RestBodies.HasBodyMembers(shape))
        {
            return null;
        }

        var name = shape.LocationName ?? operation.InputName ?? operation.Name + "Request";
        var declared = operation.InputNamespace ?? shape.XmlNamespace ?? NamespaceOf(operation.Service);
        return new XmlRestBody(ahead, shape, (name, declared), newToken);
    }

    public override RestBody? BeginAnswer(InputReader ahead, OperationModel operation)
    {
        if (operation.Output is not { } shape || !RestBodies.HasBodyMembers(shape))
        {
            return null;
        }

        var declared = shape.XmlNamespace ?? NamespaceOf(operation.Service);
        return S3.Unwraps(operation)
            ? new XmlRestBody(ahead, shape, root: null, newToken: null)
            : new XmlRestBody(ahead, shape, (shape.LocationName ?? operation.Name + "Response", declared), newToken: null);
    }

    public override ReadOnlyMemory<byte> WritePayload(ref InputReader input, Member payload, Func<string>? newToken)
    {
        using var body = new MemoryStream();
        using (var writer = XmlDocuments.Open(body))
        {
            XmlBodyWriter.Open(writer, NameOf(payload), payload.XmlNamespace ?? payload.Shape.XmlNamespace);
            new XmlBodyWriter(writer, newToken).WriteMembers(ref input, payload.Shape);
            writer.WriteEndElement();
        }

        return body.ToArray();
    }

    public override (ReadOnlyMemory<byte> Body, string? ContentType) WithoutPayload(Member payload) => (default, null);

    public override void ReadMembers(
        ReadOnlyMemory<byte> body, OperationModel operation, Shape shape, Member? payload, Utf8JsonWriter writer, TokenNode? tokens)
    {
        using var xml = Open(body, operation);
        var reader = new XmlWireReader(xml);
        if (payload is not null)
        {
            Transcriber.WriteMember(ref reader, payload, writer, tokens);
        }
        else if (Unwrapped(shape, xml) is { } whole)
        {
            WriteUnwrapped(ref reader, whole, writer);
        }
        else
        {
            Transcriber.WriteMembers(ref reader, shape, writer, tokens, isBound: true);
        }

        ReadToEnd(xml);
    }

    public override void ReadItems(
        WireResponse response, OperationModel operation, Transcription into, TokenNode? tokens, Shape shape, int depth)
    {
        using var xml = Open(response.Body, operation);
        var reader = new XmlWireReader(xml);
        PageReader.ReadItems(ref reader, operation, into, tokens, shape, depth, isBound: true);
        ReadToEnd(xml);
    }

    private static XmlReader Open(ReadOnlyMemory<byte> body, OperationModel operation)
    {
        var xml = XmlBody.Open(body);
        xml.MoveToContent();

        // Somebody else's page, as a proxy sends it with status 200, must not pass for an empty answer.
        return string.Equals(xml.LocalName, "html", StringComparison.OrdinalIgnoreCase)
            ? throw new WireFormatException($"The body of {operation} is not one: its root element is '{xml.LocalName}'.")
            : xml;
    }

    /// <summary>The one member of an answer whose root element is that member (S3's GetBucketLocation).</summary>
    private static Member? Unwrapped(Shape shape, XmlReader xml) =>
        shape.MemberArray is [{ Shape.IsScalar: true, Location: MemberLocation.Body, XmlAttribute: false } only]
        && string.Equals(only.WireName, xml.LocalName, StringComparison.Ordinal)
            ? only
            : null;

    /// <summary>An empty one is no value.</summary>
    private static void WriteUnwrapped(ref XmlWireReader reader, Member whole, Utf8JsonWriter writer)
    {
        var text = reader.ReadText(whole);
        if (text.Length == 0)
        {
            return;
        }

        writer.WritePropertyName(whole.JsonName);
        if (!ScalarText.TryWrite(writer, whole.Shape.Kind, text))
        {
            throw new WireFormatException($"'{whole.Name}' does not hold a {whole.Shape.Kind}.");
        }
    }

    private static void ReadToEnd(XmlReader xml)
    {
        while (xml.Read())
        {
        }
    }

    // A shape that is written in place has no name of its own, only a path.
    private static string NameOf(Member payload) =>
        payload.LocationName ?? payload.Shape.LocationName ?? (payload.Shape.Name.Contains('.', StringComparison.Ordinal) ? payload.Name : payload.Shape.Name);

    private static XmlNamespace? NamespaceOf(ServiceModel service) => service.XmlNamespace is { } uri ? new(uri) : null;
}
