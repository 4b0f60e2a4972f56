namespace CentralOps.Gateway.Catalog;

/// <summary>Whether a URI can have come from an RFC 6570 template: the literal parts in order, each expression anything but nothing.</summary>
internal static class UriTemplate
{
    public static bool Fits(string template, ReadOnlySpan<char> uri)
    {
        var rest = template.AsSpan();
        var afterExpression = false;
        while (true)
        {
            var open = rest.IndexOf('{');
            var literal = open < 0 ? rest : rest[..open];
            if (!Skip(ref uri, literal, afterExpression, isLast: open < 0))
            {
                return false;
            }

            if (open < 0)
            {
                return true;
            }

            var close = rest[open..].IndexOf('}');
            if (close < 0)
            {
                return false;
            }

            rest = rest[(open + close + 1)..];
            afterExpression = true;
        }
    }

    // After an expression its value is skipped up to the literal: one character at least, to the very end where the template ends.
    private static bool Skip(ref ReadOnlySpan<char> uri, ReadOnlySpan<char> literal, bool afterExpression, bool isLast)
    {
        if (!afterExpression)
        {
            var starts = uri.StartsWith(literal, StringComparison.Ordinal);
            uri = starts ? uri[literal.Length..] : uri;
            return starts && (!isLast || uri.IsEmpty);
        }

        if (uri.IsEmpty)
        {
            return false;
        }

        if (isLast)
        {
            return literal.IsEmpty || (uri.Length > literal.Length && uri.EndsWith(literal, StringComparison.Ordinal));
        }

        if (literal.IsEmpty)
        {
            return true;
        }

        var at = uri[1..].IndexOf(literal, StringComparison.Ordinal);
        uri = at < 0 ? uri : uri[(at + 1 + literal.Length)..];
        return at >= 0;
    }
}
