using System.Text;

namespace CentralOps.Aws.Signing;

/// <summary>The fields of a signature as an <c>Authorization</c> header or a query spells them; a field that is absent is null.</summary>
internal sealed record SignatureFields(string? Credential, string? SignedHeaders, string? Signature)
{
    public string? Algorithm { get; init; }

    public string? Date { get; init; }

    public string? Expires { get; init; }

    public string? Token { get; init; }

    /// <summary>Null when a part is not <c>name=value</c>, is unknown or stands twice.</summary>
    public static SignatureFields? FromAuthorization(ReadOnlySpan<char> text)
    {
        string? credential = null, signedHeaders = null, signature = null;
        foreach (var range in text.Split(','))
        {
            var part = text[range].Trim(' ');
            var value = CanonicalQuery.ValueOf(part);
            var taken = CanonicalQuery.NameOf(part) switch
            {
                "Credential" => Take(ref credential, value),
                "SignedHeaders" => Take(ref signedHeaders, value),
                "Signature" => Take(ref signature, value),
                _ => false,
            };
            if (!taken)
            {
                return null;
            }
        }

        return new SignatureFields(credential, signedHeaders, signature);
    }

    /// <summary>Null when a parameter stands twice.</summary>
    public static SignatureFields? FromQuery(ReadOnlySpan<char> query)
    {
        string? algorithm = null, credential = null, date = null, expires = null, signedHeaders = null, signature = null, token = null;
        foreach (var range in query.Split('&'))
        {
            var part = query[range];
            var value = CanonicalQuery.ValueOf(part);
            var taken = CanonicalQuery.NameOf(part) switch
            {
                AmzNames.AlgorithmParameter => TakeDecoded(ref algorithm, value),
                AmzNames.Credential => TakeDecoded(ref credential, value),
                AmzNames.Date => TakeDecoded(ref date, value),
                AmzNames.Expires => TakeDecoded(ref expires, value),
                AmzNames.SignedHeaders => TakeDecoded(ref signedHeaders, value),
                AmzNames.Signature => TakeDecoded(ref signature, value),
                AmzNames.SecurityToken => TakeDecoded(ref token, value),
                _ => true,
            };
            if (!taken)
            {
                return null;
            }
        }

        return new SignatureFields(credential, signedHeaders, signature) { Algorithm = algorithm, Date = date, Expires = expires, Token = token };
    }

    public static bool HasName(ReadOnlySpan<char> query, string name)
    {
        foreach (var range in query.Split('&'))
        {
            if (CanonicalQuery.NameOf(query[range]).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a list of signed headers has this name.</summary>
    public static bool Names(ReadOnlySpan<char> signedHeaders, ReadOnlySpan<char> name)
    {
        foreach (var range in signedHeaders.Split(';'))
        {
            if (signedHeaders[range].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether names are lower case, in order and none stands twice.</summary>
    public static bool IsSorted(ReadOnlySpan<char> signedHeaders)
    {
        ReadOnlySpan<char> before = [];
        foreach (var range in signedHeaders.Split(';'))
        {
            var name = signedHeaders[range];
            if (name.IsEmpty || name.ContainsAnyInRange('A', 'Z') || name.SequenceCompareTo(before) <= 0)
            {
                return false;
            }

            before = name;
        }

        return true;
    }

    private static bool Take(ref string? field, ReadOnlySpan<char> value)
    {
        var free = field is null;
        field = value.ToString();
        return free;
    }

    private static bool TakeDecoded(ref string? field, ReadOnlySpan<char> value)
    {
        var bytes = Encoding.UTF8.GetBytes(value.ToString());
        return Take(ref field, Encoding.UTF8.GetString(bytes, 0, PercentEncoding.Decode(bytes)));
    }
}
