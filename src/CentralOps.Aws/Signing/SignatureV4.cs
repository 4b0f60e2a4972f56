using System.Globalization;
using System.Text;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Signing;

/// <summary>Signature Version 4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html</summary>
public static class SignatureV4
{
    /// <summary>Signs in headers. The request must carry its <c>Host</c> header; <c>X-Amz-Date</c>, the session token and <c>Authorization</c> are set here.</summary>
    public static void Sign(WireRequest request, AwsCredentials credentials, SigningScope scope, DateTimeOffset now) =>
        Sign(request, credentials, scope, now, streaming: null);

    /// <summary>
    /// Signs an upload to S3 chunk by chunk (<c>aws-chunked</c>): the body becomes its coded form. With a trailer, such as the checksum
    /// of the whole, that is signed after the last chunk.
    /// </summary>
    /// <param name="chunkSize">8,192 bytes or more.</param>
    public static void SignChunked(
        WireRequest request, AwsCredentials credentials, SigningScope scope, DateTimeOffset now, int chunkSize, (string Name, string Value)? trailer = null) =>
        ChunkedSigning.Sign(request, credentials, scope, now, chunkSize, trailer);

    /// <param name="streaming">What stands for the body's hash while its chunks are still to come; null for a body that is there.</param>
    internal static string Sign(WireRequest request, AwsCredentials credentials, SigningScope scope, DateTimeOffset now, string? streaming)
    {
        var headers = request.Headers;
        RequireHost(request);
        headers.Remove("Authorization");
        headers.Remove(AmzNames.SecurityToken);
        if (credentials.SessionToken is { } token)
        {
            headers.Add(AmzNames.SecurityToken, token);
        }

        var date = AmzDate.Format(now);
        headers.Set(AmzNames.Date, date);
        var payload = streaming ?? PayloadOf(request, scope);
        headers.Remove(AmzNames.ContentSha256);
        if (streaming is not null || scope.StateContentHash || scope.UnsignedPayload)
        {
            headers.Add(AmzNames.ContentSha256, payload);
        }

        var names = CanonicalHeaders.NamesToSign(headers, scope.SignSessionToken);
        Span<char> signature = stackalloc char[64];
        Canonical(request, names, scope, payload).TrySign(credentials.SecretAccessKey, date, scope.Region, scope.Service, signature);
        headers.Add(
            "Authorization",
            $"{AmzNames.Algorithm} Credential={credentials.AccessKeyId}/{date.AsSpan(0, 8)}/{scope.Region}/{scope.Service}/{AmzNames.Terminator}, SignedHeaders={names}, Signature={signature}");
        return signature.ToString();
    }

    /// <summary>Signs in the query, so that the URL alone is the permission for as long as it lives.</summary>
    /// <param name="lifetime">One second to seven days.</param>
    public static void Presign(WireRequest request, AwsCredentials credentials, SigningScope scope, DateTimeOffset now, TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lifetime, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, TimeSpan.FromDays(7));
        var headers = request.Headers;
        RequireHost(request);
        headers.Remove("Authorization");
        headers.Remove(AmzNames.SecurityToken);
        headers.Remove(AmzNames.Date);
        headers.Remove(AmzNames.ContentSha256);
        var date = AmzDate.Format(now);
        var names = CanonicalHeaders.NamesToSign(headers, signToken: false);
        var query = new StringBuilder(request.Query);
        Append(query, AmzNames.AlgorithmParameter, AmzNames.Algorithm);
        Append(query, AmzNames.Credential, $"{credentials.AccessKeyId}/{date.AsSpan(0, 8)}/{scope.Region}/{scope.Service}/{AmzNames.Terminator}");
        Append(query, AmzNames.Date, date);
        Append(query, AmzNames.SignedHeaders, names);
        Append(query, AmzNames.Expires, ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        if (credentials.SessionToken is { } token)
        {
            Append(query, AmzNames.SecurityToken, token);
        }

        request.Query = query.ToString();
        // A presigned S3 URL is handed on before anyone knows the body.
        var payload = SigningScope.IsS3(scope.Service) ? AmzNames.UnsignedPayload : PayloadOf(request, scope);
        Span<char> signature = stackalloc char[64];
        Canonical(request, names, scope, payload).TrySign(credentials.SecretAccessKey, date, scope.Region, scope.Service, signature);
        request.Query = $"{request.Query}&{AmzNames.Signature}={signature}";
    }

    /// <summary>Verifies a request signed in headers or presigned in the query.</summary>
    public static SignatureVerdict Verify(WireRequest request, IAccessKeys keys, DateTimeOffset now, SignatureRules rules) =>
        SignatureVerifier.Verify(request, keys, now, rules);

    internal static CanonicalRequest Canonical(WireRequest request, string names, SigningScope scope, string payload) => new(request, names)
    {
        NormalizePath = scope.NormalizePath,
        DoubleEncodePath = scope.DoubleEncodePath,
        TokenAddedLater = !scope.SignSessionToken,
        Payload = payload,
    };

    private static string PayloadOf(WireRequest request, SigningScope scope) =>
        scope.UnsignedPayload ? AmzNames.UnsignedPayload : CanonicalRequest.HashOf(request.Body.Span);

    private static void RequireHost(WireRequest request)
    {
        if (!request.Headers.TryGet("Host", out _))
        {
            throw new ArgumentException("The request has no Host header, which a signature has to cover; set it before signing.", nameof(request));
        }
    }

    private static void Append(StringBuilder query, string name, string value)
    {
        query.Append(query.Length > 0 ? "&" : "").Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
