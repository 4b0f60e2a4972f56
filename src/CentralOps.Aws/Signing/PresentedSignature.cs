using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Signing;

/// <summary>What a request says about its own signature, read and checked for form but not yet believed.</summary>
internal sealed class PresentedSignature
{
    private const int MaxPartLength = 128;
    private const int LongestPresign = 7 * 24 * 60 * 60;

    public string KeyId { get; private set; } = "";

    public string ScopeDate { get; private set; } = "";

    public string Region { get; private set; } = "";

    public string Service { get; private set; } = "";

    public string Terminator { get; private set; } = "";

    public string SignedHeaders { get; private set; } = "";

    public string Signature { get; private set; } = "";

    public string? Token { get; private set; }

    /// <summary>As it was written; it is part of what was signed.</summary>
    public string DateText { get; private set; } = "";

    public DateTimeOffset Date { get; private set; }

    /// <summary>How long a presigned request is good; null for one signed in headers.</summary>
    public TimeSpan? Lifetime { get; private set; }

    public bool Presigned => Lifetime is not null;

    public static bool TryRead(WireRequest request, [NotNullWhen(true)] out PresentedSignature? presented, [NotNullWhen(false)] out SignatureVerdict? refusal)
    {
        presented = null;
        var authorization = request.Headers.Find("Authorization");
        var inQuery = SignatureFields.HasName(request.Query, AmzNames.AlgorithmParameter);
        if (authorization is null && !inQuery)
        {
            refusal = SignatureVerdict.Refuse(SignatureProblem.Missing, "Request is missing Authentication Token");
            return false;
        }

        var read = new PresentedSignature();
        var problem = authorization is null
            ? read.ReadQuery(request.Query)
            : inQuery ? "Only one authentication mechanism is allowed: the Authorization header or the X-Amz-Algorithm query parameter."
            : read.ReadHeaders(authorization, request.Headers);
        problem ??= read.CheckSignedHeaders(request.Headers);
        if (problem is null)
        {
            (presented, refusal) = (read, null);
            return true;
        }

        refusal = SignatureVerdict.Refuse(SignatureProblem.Incomplete, problem);
        return false;
    }

    private string? ReadHeaders(string authorization, HeaderList headers)
    {
        if (!authorization.StartsWith(AmzNames.Algorithm + " ", StringComparison.Ordinal))
        {
            return $"Unsupported authorization type: the Authorization header must start with '{AmzNames.Algorithm}'.";
        }

        if (SignatureFields.FromAuthorization(authorization.AsSpan(AmzNames.Algorithm.Length + 1)) is not { } fields)
        {
            return "Authorization header is not a list of 'Credential', 'SignedHeaders' and 'Signature', each once.";
        }

        Token = headers.Find(AmzNames.SecurityToken);
        if (ReadFields(fields, "Authorization header") is { } problem)
        {
            return problem;
        }

        if (headers.Find(AmzNames.Date) is { } amzDate)
        {
            return ReadDate(amzDate);
        }

        return headers.Find("Date") is { } date
            ? ReadHttpDate(date)
            : "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
    }

    private string? ReadQuery(string query)
    {
        if (SignatureFields.FromQuery(query) is not { } fields)
        {
            return "A query-string parameter of the signature stands more than once.";
        }

        if (!string.Equals(fields.Algorithm, AmzNames.Algorithm, StringComparison.Ordinal))
        {
            return $"X-Amz-Algorithm must be '{AmzNames.Algorithm}'.";
        }

        if (ReadFields(fields, "AWS query-string") is { } problem)
        {
            return problem;
        }

        if (!int.TryParse(fields.Expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > LongestPresign)
        {
            return $"AWS query-string parameter 'X-Amz-Expires' must be a number of seconds from 1 to {LongestPresign}.";
        }

        Lifetime = TimeSpan.FromSeconds(seconds);
        Token = fields.Token;
        return ReadDate(fields.Date ?? "");
    }

    private string? ReadFields(SignatureFields fields, string where)
    {
        if (fields.Credential is not { } credential)
        {
            return $"{where} requires 'Credential' parameter.";
        }

        if (fields.SignedHeaders is not { } signedHeaders)
        {
            return $"{where} requires 'SignedHeaders' parameter.";
        }

        if (fields.Signature is not { } signature)
        {
            return $"{where} requires 'Signature' parameter.";
        }

        var parts = credential.Split('/');
        if (parts.Length != 5 || !Array.TrueForAll(parts, IsPlain))
        {
            return "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.";
        }

        (KeyId, ScopeDate, Region, Service, Terminator) = (parts[0], parts[1], parts[2], parts[3], parts[4]);
        (SignedHeaders, Signature) = (signedHeaders, signature);
        return null;
    }

    private string? ReadDate(string text)
    {
        DateText = text;
        if (!AmzDate.TryParse(text, out var date))
        {
            return "Date must be in ISO-8601 'basic format', e.g. 20150830T123600Z, in 'X-Amz-Date'.";
        }

        Date = date;
        return null;
    }

    private string? ReadHttpDate(string text)
    {
        if (AmzDate.TryParse(text, out _))
        {
            return ReadDate(text);
        }

        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return "The 'Date' header must be an RFC 9110 date or in ISO-8601 'basic format'.";
        }

        (Date, DateText) = (date, AmzDate.Format(date));
        return null;
    }

    /// <summary>What steers a service has to be signed; a token may stand outside, for it is compared with the key's own.</summary>
    private string? CheckSignedHeaders(HeaderList headers)
    {
        if (!SignatureFields.IsSorted(SignedHeaders))
        {
            return "SignedHeaders must be lower-case names, sorted, each once, separated by semicolons.";
        }

        if (!SignatureFields.Names(SignedHeaders, "host"))
        {
            return "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";
        }

        foreach (var (name, _) in headers)
        {
            if (name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase)
                && !string.Equals(name, AmzNames.SecurityToken, StringComparison.OrdinalIgnoreCase)
                && !SignatureFields.Names(SignedHeaders, name))
            {
                return "There were headers present in the request which were not signed: every 'x-amz-' header must be a 'SignedHeader'.";
            }
        }

        return null;
    }

    private static bool IsPlain(string part) =>
        part.Length is > 0 and <= MaxPartLength && part.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}
