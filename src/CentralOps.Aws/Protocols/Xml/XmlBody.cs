using System.Runtime.InteropServices;
using System.Xml;

namespace CentralOps.Aws.Protocols.Xml;

/// <summary>Opens an XML body: no DTD, no resolver, no more characters than it has bytes.</summary>
internal static class XmlBody
{
    // S3 sends white space while it works, to keep the connection; an XML declaration behind it would be none.
    public static XmlReader Open(ReadOnlyMemory<byte> body) => XmlReader.Create(AsStream(body.TrimStart(" \r\n\t"u8)), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = body.Length,
        // AWS writes control characters of users' data as character references, which strict XML 1.0 does not know.
        CheckCharacters = false,
    });

    private static MemoryStream AsStream(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(body.ToArray(), writable: false);
}
