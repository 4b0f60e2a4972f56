using System.Xml;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Xml;

/// <summary>
/// Reads an error from <c>&lt;ErrorResponse&gt;&lt;Error&gt;…</c>, ec2Query's <c>&lt;Response&gt;&lt;Errors&gt;&lt;Error&gt;…</c> or a bare
/// <c>&lt;Error&gt;</c>. Takes what it can get: a proxy's HTML page or half a body is an error too.
/// </summary>
internal static class XmlErrors
{
    public static WireError Read(WireResponse response)
    {
        string? code = null, message = null, type = null, requestId = null;
        try
        {
            if (!response.Body.IsEmpty)
            {
                using var xml = XmlBody.Open(response.Body);
                Scan(xml, ref code, ref message, ref type, ref requestId);
            }
        }
        catch (Exception exception) when (exception is XmlException or WireFormatException)
        {
            // What was found before the body broke is kept; the rest is said by status and headers.
        }

        bool? sender = type is null ? null : string.Equals(type, "Sender", StringComparison.Ordinal);
        return ErrorCodes.Make(response, ErrorCodes.Strip(code), message, requestId, sender);
    }

    /// <summary>
    /// Whether a body is S3's bare <c>&lt;Error&gt;</c>. Looks at its first element only, as every answer is asked.
    /// </summary>
    public static bool IsBareError(ReadOnlySpan<byte> body)
    {
        var rest = body.TrimStart("\uFEFF \r\n\t"u8);
        if (rest.StartsWith("<?"u8) && rest.IndexOf("?>"u8) is > 0 and var end)
        {
            rest = rest[(end + 2)..].TrimStart(" \r\n\t"u8);
        }

        return rest.StartsWith("<Error"u8) && rest.Length > 6 && rest[6] is (byte)'>' or (byte)' ' or (byte)'/' or (byte)'\r' or (byte)'\n' or (byte)'\t';
    }

    private static void Scan(XmlReader xml, ref string? code, ref string? message, ref string? type, ref string? requestId)
    {
        var reader = new XmlWireReader(xml);
        while (xml.NodeType != XmlNodeType.None || xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                if (!xml.Read())
                {
                    return;
                }
            }
            else if (reader.Name is "Error")
            {
                ReadError(ref reader, ref code, ref message, ref type, ref requestId);
            }
            else if (reader.Name is "RequestId" or "RequestID" or "requestId")
            {
                requestId = reader.ReadContent();
            }
            else
            {
                reader.Enter();
            }
        }
    }

    private static void ReadError(ref XmlWireReader reader, ref string? code, ref string? message, ref string? type, ref string? requestId)
    {
        var scope = reader.Enter();
        while (reader.NextChild(scope))
        {
            switch (reader.Name)
            {
                case "Code" when code is null:
                    code = reader.ReadContent();
                    break;
                case "Message" or "message" when message is null:
                    message = reader.ReadContent();
                    break;
                case "Type" when type is null:
                    type = reader.ReadContent();
                    break;
                case "RequestId" or "RequestID" when requestId is null:
                    requestId = reader.ReadContent();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
