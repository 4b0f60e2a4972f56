using System.Text;

namespace CentralOps.Aws.Protocols.Http;

/// <summary>An operation's path with labels, and the query that is always there: <c>/functions/{Name}/{Rest+}?list-type=2</c>.</summary>
internal sealed class UriTemplate
{
    private readonly Segment[] _segments;

    private UriTemplate(Segment[] segments, KeyValuePair<string, string?>[] query)
    {
        _segments = segments;
        Query = query;
    }

    /// <summary>Names with their values; null where only the name stands.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Query { get; }

    /// <summary>How narrow the template is: the more of it is fixed, the sooner it is the one that was meant.</summary>
    public int Specificity { get; private init; }

    public static UriTemplate Parse(string template)
    {
        var mark = template.IndexOf('?', StringComparison.Ordinal);
        var parts = (mark < 0 ? template : template[..mark]).Split('/');
        var segments = new Segment[parts.Length - 1];
        var specificity = 0;
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = Segment.Parse(parts[i + 1]);
            specificity += segments[i].IsLabel ? (segments[i].IsGreedy ? 0 : 100) : 1000;
        }

        var query = new List<KeyValuePair<string, string?>>();
        foreach (var pair in mark < 0 ? [] : template[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            query.Add(equals < 0 ? new(pair, null) : new(pair[..equals], pair[(equals + 1)..]));
        }

        return new(segments, [.. query]) { Specificity = specificity + query.Count };
    }

    /// <param name="label">The value of a label by its name.</param>
    /// <param name="keepsDots">The service takes a greedy label as it is, segments of dots too.</param>
    public string Expand(Func<string, string> label, bool keepsDots = false)
    {
        var path = new StringBuilder();
        foreach (var segment in _segments)
        {
            path.Append('/');
            if (!segment.IsLabel)
            {
                path.Append(segment.Text);
                continue;
            }

            var value = label(segment.Text);
            var parts = segment.IsGreedy ? value.Split('/') : [value];
            foreach (var part in parts)
            {
                // Whoever sends the request would resolve these, and ask for another resource.
                if (part is "." or ".." && !(keepsDots && segment.IsGreedy))
                {
                    throw new InputException($"'{segment.Text}' becomes a part of the path: it may not be '{part}'.");
                }
            }

            path.AppendJoin('/', Array.ConvertAll(parts, PercentEncoding.Encode));
        }

        return path.Length == 0 ? "/" : path.ToString();
    }

    /// <summary>Takes a path apart; false when it is not of this form.</summary>
    public bool TryMatch(string path, IDictionary<string, string>? labels)
    {
        var parts = path.TrimStart('/').Split('/');
        var next = 0;
        for (var i = 0; i < _segments.Length; i++)
        {
            var segment = _segments[i];
            var length = segment.IsGreedy ? parts.Length - next - (_segments.Length - i - 1) : 1;
            if (length < 1 || next + length > parts.Length)
            {
                return false;
            }

            var text = Uri.UnescapeDataString(string.Join('/', parts, next, length));
            next += length;
            if (segment.IsLabel ? text.Length == 0 : !string.Equals(text, segment.Text, StringComparison.Ordinal))
            {
                return false;
            }

            if (segment.IsLabel && labels is not null)
            {
                labels[segment.Text] = text;
            }
        }

        return next == parts.Length;
    }

    private sealed record Segment(string Text, bool IsLabel, bool IsGreedy)
    {
        public static Segment Parse(string text) => text switch
        {
            ['{', .. var name, '+', '}'] => new(name, true, true),
            ['{', .. var name, '}'] => new(name, true, false),
            _ => new(text, false, false),
        };
    }
}
