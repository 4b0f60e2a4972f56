using System.Text;
using System.Xml;

namespace CentralOps.Aws.Protocols.Xml;

/// <summary>Opens XML bodies for writing.</summary>
internal static class XmlDocuments
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // Users' data may hold control characters; AWS writes them as character references.
        CheckCharacters = false,
        // A carriage return in a value has to come back as one.
        NewLineHandling = NewLineHandling.Entitize,
    };

    public static XmlWriter Open(Stream body) => XmlWriter.Create(body, Settings);

    /// <summary>Writes one document; what <paramref name="write"/> puts goes into the root element.</summary>
    public static byte[] Write(string root, string? xmlNamespace, Action<XmlWriter> write)
    {
        using var body = new MemoryStream();
        using (var writer = Open(body))
        {
            writer.WriteStartDocument();
            writer.WriteStartElement(root, xmlNamespace);
            write(writer);
            writer.WriteEndElement();
        }

        return body.ToArray();
    }
}
