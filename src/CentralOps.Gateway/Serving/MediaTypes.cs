using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CentralOps.Gateway.Serving;

/// <summary>What a request's body is, and what its client takes back.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string EventStream = "text/event-stream";

    // What nearly every client sends; anything else is parsed.
    private const string AcceptBoth = "application/json, text/event-stream";

    public static bool IsJson(IHeaderDictionary headers)
    {
        if (headers.ContentEncoding.Count > 0)
        {
            return false;
        }

        var declared = headers.ContentType;
        if (declared.Count == 1 && string.Equals(declared[0], Json, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return MediaTypeHeaderValue.TryParse(declared.ToString(), out var type)
            && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Which of the two forms of an answer a client takes. No Accept header takes any, as RFC 9110 section 12.5.1 has it.</summary>
    public static (bool Json, bool EventStream) Accepted(StringValues accept)
    {
        if (accept.Count == 0)
        {
            return (true, false);
        }

        if (accept.Count == 1 && string.Equals(accept[0], AcceptBoth, StringComparison.OrdinalIgnoreCase))
        {
            return (true, true);
        }

        if (!MediaTypeHeaderValue.TryParseList([accept.ToString()], out var ranges))
        {
            return (false, false);
        }

        return (Admits(ranges, Json), Admits(ranges, EventStream));
    }

    // The most specific range that covers a type decides, and a quality of 0 excludes.
    private static bool Admits(IList<MediaTypeHeaderValue> ranges, string type)
    {
        var wanted = new MediaTypeHeaderValue(type);
        var best = ranges
            .Where(range => range.MatchesAllTypes || (range.MatchesAllSubTypes && range.Type.Equals(wanted.Type, StringComparison.OrdinalIgnoreCase))
                || range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .FirstOrDefault();
        return best is not null && best.Quality is not 0;
    }
}
