using System.Xml;

namespace CentralOps.Gateway.Callers;

/// <summary>Who AWS says signed: the result of GetCallerIdentity.</summary>
internal sealed record StsAnswer(string Account, string Arn)
{
    private const int MaxArn = 2048;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 64 * 1024,
        IgnoreWhitespace = true,
    };

    /// <returns>Null where the XML is not STS's answer, or its parts do not belong together.</returns>
    public static StsAnswer? Read(byte[] xml)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), Settings);
            reader.MoveToContent();
            return reader.LocalName is "GetCallerIdentityResponse" ? ReadResult(reader) : null;
        }
        catch (Exception e) when (e is XmlException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static StsAnswer? ReadResult(XmlReader reader)
    {
        string? account = null, arn = null;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            // Reading a value leaves the reader on what follows it, which the next round must not skip.
            while (reader.NodeType == XmlNodeType.Element && reader.LocalName is "Account" or "Arn")
            {
                var isAccount = reader.LocalName is "Account";
                var value = reader.ReadElementContentAsString();
                (account, arn) = isAccount ? (account ?? value, arn) : (account, arn ?? value);
            }
        }

        return account is { Length: 12 }
            && account.All(char.IsAsciiDigit)
            && arn is { Length: > 0 and <= MaxArn }
            && arn.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0
            && arn.Split(':', 6) is ["arn", _, "iam" or "sts", "", var owner, { Length: > 0 }]
            && string.Equals(owner, account, StringComparison.Ordinal)
            ? new(account, arn)
            : null;
    }
}
