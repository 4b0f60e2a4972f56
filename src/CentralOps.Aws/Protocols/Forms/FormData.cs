using System.Globalization;
using System.Net;
using System.Text;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.Forms;

/// <summary>A form's pairs, decoded.</summary>
internal static class FormData
{
    /// <summary>More than any AWS request holds; a body is bounded in bytes already.</summary>
    private const int MaxPairs = 20_000;

    /// <summary>Pairs of the query and of the body, in their order.</summary>
    public static List<KeyValuePair<string, string>> Read(WireRequest request)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        Add(request.Query, pairs);
        if (!request.Body.IsEmpty)
        {
            Add(Encoding.UTF8.GetString(RequestCompression.BodyOf(request).Span), pairs);
        }

        return pairs;
    }

    /// <summary>The first value of a name; null when it is not there.</summary>
    public static string? Find(List<KeyValuePair<string, string>> pairs, string name)
    {
        foreach (var pair in pairs)
        {
            if (string.Equals(pair.Key, name, StringComparison.Ordinal))
            {
                return pair.Value;
            }
        }

        return null;
    }

    public static void Add(string form, List<KeyValuePair<string, string>> pairs)
    {
        foreach (var range in form.AsSpan().Split('&'))
        {
            var pair = form.AsSpan(range).Trim();
            if (pair.IsEmpty)
            {
                continue;
            }

            if (pairs.Count == MaxPairs)
            {
                throw new WireFormatException(string.Create(CultureInfo.InvariantCulture, $"The form has more than {MaxPairs} values."));
            }

            var equals = pair.IndexOf('=');
            pairs.Add(equals < 0
                ? new(WebUtility.UrlDecode(pair.ToString()), "")
                : new(WebUtility.UrlDecode(pair[..equals].ToString()), WebUtility.UrlDecode(pair[(equals + 1)..].ToString())));
        }
    }
}
