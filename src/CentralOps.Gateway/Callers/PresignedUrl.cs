using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace CentralOps.Gateway.Callers;

/// <summary>A presigned URL as a caller sent it, judged before anybody is asked: it can be nothing but GetCallerIdentity at the one STS, bound to this gateway.</summary>
/// <param name="Query">As it was sent; the signature covers it.</param>
internal sealed record PresignedUrl(string Query, DateTimeOffset Expires)
{
    private const int MaxLength = 8 * 1024;
    private const string SignedHeaders = "host;" + PresignedIdentity.GatewayHeader;

    // Session tokens are the longest part by far; all others are short.
    private static readonly string[] Required =
    [
        "Action", "Version", "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature",
    ];

    private static readonly SearchValues<byte> NotInUrls = SearchValues.Create("\"<>\\^`{|}#"u8);

    /// <param name="bearer">With its prefix.</param>
    /// <param name="maxSkew">How far the caller's clock may be ahead of ours.</param>
    public static PresignedUrl? Read(string bearer, Uri sts, DateTimeOffset now, TimeSpan maxSkew, out string problem)
    {
        // 1. Base64url of a URL of ASCII characters, bounded.
        problem = "is not base64url of a presigned URL";
        if (bearer.Length > MaxLength * 4 / 3 || Decode(bearer[Presented.AwsIdentityPrefix.Length..]) is not { } url)
        {
            return null;
        }

        // 2. The configured STS and no other, compared as text: no parser decides what the host is.
        var start = sts.GetLeftPart(UriPartial.Authority);
        problem = "is not a URL of the STS endpoint that this gateway asks";
        if (!url.StartsWith(start + "/?", StringComparison.Ordinal) && !url.StartsWith(start + "?", StringComparison.Ordinal))
        {
            return null;
        }

        // 3. Exactly the parameters of this one request, each once.
        var query = url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..];
        problem = "has other parameters than those of a presigned GetCallerIdentity";
        if (ReadParameters(query) is not { } parameters || !IsCallerIdentity(parameters))
        {
            return null;
        }

        // 4. Bound to a gateway: the header that names it is signed.
        problem = $"does not sign exactly the headers {SignedHeaders}";
        if (!string.Equals(parameters["X-Amz-SignedHeaders"], SignedHeaders, StringComparison.Ordinal))
        {
            return null;
        }

        // 5. Times that are sane, and not over.
        return ReadExpiry(parameters, now, maxSkew, out problem) is { } expires ? new(query, expires) : null;
    }

    private static bool IsCallerIdentity(Dictionary<string, string> parameters) =>
        Required.All(parameters.ContainsKey)
        && parameters.Count - Required.Length == (parameters.ContainsKey("X-Amz-Security-Token") ? 1 : 0)
        && parameters["Action"] is "GetCallerIdentity"
        && parameters["Version"] is "2011-06-15"
        && parameters["X-Amz-Algorithm"] is "AWS4-HMAC-SHA256"
        && parameters["X-Amz-Credential"].Split('/') is [{ Length: >= 16 and <= 128 }, { Length: 8 }, { Length: > 0 and <= 32 }, "sts", "aws4_request"]
        && parameters["X-Amz-Signature"] is { Length: 64 } signature
        && signature.All(char.IsAsciiHexDigitLower);

    private static DateTimeOffset? ReadExpiry(Dictionary<string, string> parameters, DateTimeOffset now, TimeSpan maxSkew, out string problem)
    {
        problem = "has an X-Amz-Expires that is not 1 to 900 seconds";
        if (!int.TryParse(parameters["X-Amz-Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 900)
        {
            return null;
        }

        problem = "has an X-Amz-Date that is no date such as 20261122T080000Z";
        if (!DateTimeOffset.TryParseExact(
            parameters["X-Amz-Date"], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
        {
            return null;
        }

        problem = "was signed in the future";
        if (date > now + maxSkew)
        {
            return null;
        }

        problem = "has expired";
        var expires = date.AddSeconds(seconds);
        return expires > now ? expires : null;
    }

    /// <returns>Null where a part is not <c>name=value</c>, its name is not known, or it stands twice.</returns>
    private static Dictionary<string, string>? ReadParameters(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in query.Split('&', Required.Length + 3))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !(Required.Contains(part[..equals], StringComparer.Ordinal) || part[..equals] is "X-Amz-Security-Token")
                || !parameters.TryAdd(part[..equals], Uri.UnescapeDataString(part[(equals + 1)..])))
            {
                return null;
            }
        }

        return parameters;
    }

    private static string? Decode(string text)
    {
        try
        {
            var bytes = Base64Url.DecodeFromChars(text);
            return bytes.AsSpan().IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0 && !bytes.AsSpan().ContainsAny(NotInUrls)
                ? Encoding.ASCII.GetString(bytes)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
