using System.Buffers;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Callers;

/// <summary>The kinds of credentials that a request can carry, told by their form alone.</summary>
internal enum CredentialForm
{
    /// <summary>None at all.</summary>
    Nothing,

    /// <summary>Signature Version 4, in headers or in the query.</summary>
    Signature,

    /// <summary>A bearer that AWS is to be asked about.</summary>
    AwsIdentity,

    /// <summary>A bearer of parts, as a JWT is.</summary>
    Jwt,

    /// <summary>A bearer of one part.</summary>
    Opaque,

    /// <summary>More than one Authorization header.</summary>
    Several,

    /// <summary>A scheme that is not known, or a bearer that is none.</summary>
    Unknown,
}

/// <summary>What a request carries. RFC 6750, section 2.1.</summary>
internal readonly record struct Presented(CredentialForm Form, string Bearer)
{
    public const string AwsIdentityPrefix = "central-ops-aws-v1.";

    private const string Scheme = "Bearer ";

    // RFC 6750's b64token.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");

    public static Presented By(IHttpRequestFeature request)
    {
        var header = request.Headers.Authorization;
        if (request.QueryString.Contains("X-Amz-Algorithm", StringComparison.OrdinalIgnoreCase))
        {
            return new(CredentialForm.Signature, "");
        }

        if (header.Count != 1)
        {
            return new(header.Count == 0 ? CredentialForm.Nothing : CredentialForm.Several, "");
        }

        var value = header[0] ?? "";
        if (value.StartsWith("AWS4-", StringComparison.Ordinal))
        {
            return new(CredentialForm.Signature, "");
        }

        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new(CredentialForm.Unknown, "");
        }

        var token = value[Scheme.Length..].Trim(' ');
        return token.Length == 0 || token.AsSpan().ContainsAnyExcept(TokenCharacters)
            ? new(CredentialForm.Unknown, "")
            : new(FormOf(token), token);
    }

    private static CredentialForm FormOf(string token) =>
        token.StartsWith(AwsIdentityPrefix, StringComparison.Ordinal) ? CredentialForm.AwsIdentity
        : token.Contains('.', StringComparison.Ordinal) ? CredentialForm.Jwt
        : CredentialForm.Opaque;
}
