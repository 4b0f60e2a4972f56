using System.Buffers;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Signing;

/// <summary>Which headers a signature covers, and their canonical form.</summary>
internal static class CanonicalHeaders
{
    private const string Whitespace = " \t\r\n";

    private static readonly SearchValues<char> AnyWhitespace = SearchValues.Create(Whitespace);

    /// <summary>The names to sign, lower case, sorted, separated by semicolons: all that no intermediary may change.</summary>
    public static string NamesToSign(HeaderList headers, bool signToken)
    {
        var order = ArrayPool<int>.Shared.Rent(headers.Count);
        var count = 0;
        var length = 0;
        for (var at = 0; at < headers.Count; at++)
        {
            if (IsSigned(headers[at].Key, signToken))
            {
                order[count++] = at;
                length += headers[at].Key.Length + 1;
            }
        }

        order.AsSpan(0, count).Sort(new ByLowerName(headers));
        var names = ArrayPool<char>.Shared.Rent(length);
        length = 0;
        for (var at = 0; at < count; at++)
        {
            var name = headers[order[at]].Key;
            if (at > 0 && string.Equals(name, headers[order[at - 1]].Key, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            length = length > 0 ? Append(names, length, ";") : 0;
            length = Append(names, length, name);
        }

        var text = new string(names, 0, length);
        ArrayPool<int>.Shared.Return(order);
        ArrayPool<char>.Shared.Return(names);
        return text;
    }

    /// <summary>Writes one line a name. False when the request lacks a header that is named.</summary>
    public static bool TryWrite(ref PooledBytes into, HeaderList headers, scoped ReadOnlySpan<char> names)
    {
        foreach (var range in names.Split(';'))
        {
            var name = names[range];
            into.Add(name);
            into.Add((byte)':');
            var found = false;
            foreach (var (key, value) in headers)
            {
                if (!name.Equals(key, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                if (found)
                {
                    into.Add((byte)',');
                }

                found = true;
                WriteValue(ref into, value);
            }

            if (!found)
            {
                return false;
            }

            into.Add((byte)'\n');
        }

        return true;
    }

    /// <summary>Trimmed, and every run of white space (a folded line's too) as one space, inside quotes as well.</summary>
    private static void WriteValue(ref PooledBytes into, ReadOnlySpan<char> value)
    {
        value = value.Trim(Whitespace);
        while (value.IndexOfAny(AnyWhitespace) is >= 0 and var end)
        {
            into.Add(value[..end]);
            into.Add((byte)' ');
            value = value[end..].TrimStart(Whitespace);
        }

        into.Add(value);
    }

    /// <summary>False for what proxies add, change or take away, and for what carries the signature.</summary>
    private static bool IsSigned(string name, bool signToken) => name.Length switch
    {
        2 => !Is(name, "TE"),
        4 => !Is(name, "From"),
        6 => !Is(name, "Expect") && !Is(name, "Pragma"),
        7 => !Is(name, "Referer") && !Is(name, "Trailer") && !Is(name, "Upgrade"),
        10 => !Is(name, "Connection") && !Is(name, "User-Agent") && !Is(name, "Keep-Alive"),
        12 => !Is(name, "Max-Forwards"),
        13 => !Is(name, "Authorization") && !Is(name, "Cache-Control"),
        15 => !Is(name, "X-Amzn-Trace-Id"),
        17 => !Is(name, "Transfer-Encoding"),
        20 => signToken || !Is(name, AmzNames.SecurityToken),
        _ => true,
    };

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static int Append(char[] names, int length, ReadOnlySpan<char> text)
    {
        text.ToLowerInvariant(names.AsSpan(length));
        return length + text.Length;
    }

    /// <summary>By lower-case name; ordinal-ignore-case would compare upper case and put an underscore elsewhere.</summary>
    private readonly struct ByLowerName(HeaderList headers) : IComparer<int>
    {
        public int Compare(int x, int y)
        {
            var (left, right) = (headers[x].Key, headers[y].Key);
            var shared = Math.Min(left.Length, right.Length);
            for (var at = 0; at < shared; at++)
            {
                var difference = Lower(left[at]) - Lower(right[at]);
                if (difference != 0)
                {
                    return difference;
                }
            }

            return left.Length != right.Length ? left.Length - right.Length : x - y;
        }

        private static char Lower(char letter) => char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter;
    }
}
