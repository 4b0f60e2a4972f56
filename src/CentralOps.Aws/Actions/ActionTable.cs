using System.Text;

namespace CentralOps.Aws.Actions;

/// <summary>
/// The table's text. A service starts with <c>@name prefix</c>. <c>LDescribe WCreate: Flow Thing</c> says: DescribeFlow, CreateFlow, DescribeThing and CreateThing need the
/// action of their own name behind the prefix, at level List and Write. <c>=HeadBucket L s3:ListBucket</c> spells out what an operation needs; what
/// depends on its arguments follows a <c>+</c>. A person can read it, it is no larger than it has to be, and finding a row is a few vectorized searches.
/// </summary>
internal static class ActionTable
{
    public static string[] Services(ReadOnlySpan<byte> table)
    {
        var names = new List<string>();
        foreach (var range in table.Split((byte)'\n'))
        {
            var line = table[range];
            if (line is [(byte)'@', ..])
            {
                names.Add(Encoding.ASCII.GetString(line[1..line.IndexOf((byte)' ')]));
            }
        }

        return [.. names];
    }

    public static bool TryFindService(ReadOnlySpan<byte> table, ReadOnlySpan<char> name, out ServiceRows rows)
    {
        rows = default;
        Span<byte> header = stackalloc byte[64];
        if (name.Length == 0 || name.Length > header.Length - 3 || name.IndexOfAny(' ', '\n') >= 0)
        {
            return false;
        }

        "\n@"u8.CopyTo(header);
        var length = 2 + Encoding.ASCII.GetBytes(name, header[2..]);
        header[length++] = (byte)' ';
        var start = table.IndexOf(header[..length]);
        if (start < 0)
        {
            return false;
        }

        var text = table[(start + length)..];
        var end = text.IndexOf("\n@"u8);
        text = end < 0 ? text : text[..end];
        var line = text.IndexOf((byte)'\n');
        rows = line < 0 ? new(text, default) : new(text[..line], text[(line + 1)..]);
        return true;
    }

    /// <summary>Where an operation's first word ends: <c>Describe|Instances</c>.</summary>
    public static int VerbLength(ReadOnlySpan<char> operation)
    {
        var length = 1;
        while (length < operation.Length && !char.IsAsciiLetterUpper(operation[length]))
        {
            length++;
        }

        return length;
    }
}
