using System.Buffers;
using System.Text;

namespace CentralOps.Aws.Actions;

/// <summary>The lines of one service.</summary>
internal readonly ref struct ServiceRows(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> lines)
{
    // Stands for nothing after the first word, as in the operation Publish.
    private const string Alone = ".";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private readonly ReadOnlySpan<byte> _prefix = prefix;
    private readonly ReadOnlySpan<byte> _lines = lines;

    /// <param name="full">With its service.</param>
    /// <param name="operation">Without. Compared by case: operations are.</param>
    public OperationActions? Find(string full, ReadOnlySpan<char> operation)
    {
        // A name that held the table's own separators could match more than a word.
        if (operation.IsEmpty || operation.ContainsAnyExcept(NameCharacters))
        {
            return null;
        }

        var verb = operation[..ActionTable.VerbLength(operation)];
        var rest = operation.Length > verb.Length ? operation[verb.Length..] : Alone;
        foreach (var range in _lines.Split((byte)'\n'))
        {
            var line = _lines[range];
            if (line is [(byte)'=', ..] && IsFirst(line[1..], operation))
            {
                return Spelled(full, line[(operation.Length + 2)..]);
            }

            var colon = line.IndexOf(": "u8);
            if (colon > 0 && Holds(line[(colon + 2)..], rest, skip: 0) is not null && Holds(line[..colon], verb, skip: 1) is { } level)
            {
                return Own(full, level, operation);
            }
        }

        return null;
    }

    public List<OperationActions> All(string service)
    {
        var all = new List<OperationActions>();
        foreach (var range in _lines.Split((byte)'\n'))
        {
            var line = Encoding.ASCII.GetString(_lines[range]);
            if (line is ['=', ..])
            {
                var length = line.IndexOf(' ', StringComparison.Ordinal);
                all.Add(Spelled($"{service}:{line[1..length]}", _lines[range][(length + 1)..]));
            }
            else if (line.Split(": ") is [var verbs, var nouns])
            {
                foreach (var (noun, verb) in nouns.Split(' ').SelectMany(_ => verbs.Split(' '), (noun, verb) => (noun, verb)))
                {
                    var name = noun is Alone ? verb[1..] : verb[1..] + noun;
                    all.Add(Own($"{service}:{name}", (byte)verb[0], name));
                }
            }
        }

        return all;
    }

    private static bool IsFirst(ReadOnlySpan<byte> line, ReadOnlySpan<char> word) =>
        line.Length > word.Length && line[word.Length] == ' ' && Ascii.Equals(line[..word.Length], word);

    /// <returns>The first byte of the word that is this one behind so many bytes; null when there is none.</returns>
    private static byte? Holds(ReadOnlySpan<byte> words, ReadOnlySpan<char> wanted, int skip)
    {
        foreach (var range in words.Split((byte)' '))
        {
            var word = words[range];
            if (word.Length == wanted.Length + skip && Ascii.Equals(word[skip..], wanted))
            {
                return word[0];
            }
        }

        return null;
    }

    private OperationActions Own(string full, byte level, ReadOnlySpan<char> name) =>
        new(full, [new IamAction($"{Encoding.ASCII.GetString(_prefix)}:{name}", LevelOf(level))], []);

    private static OperationActions Spelled(string full, ReadOnlySpan<byte> line)
    {
        var (own, dependent) = (new List<IamAction>(), new List<IamAction>());
        var into = own;
        var words = Encoding.ASCII.GetString(line).Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] is "+")
            {
                into = dependent;
                continue;
            }

            into.Add(new(words[++i], LevelOf((byte)words[i - 1][0])));
        }

        return new(full, own, dependent);
    }

    private static AccessLevel LevelOf(byte letter) => letter switch
    {
        (byte)'L' => AccessLevel.List,
        (byte)'R' => AccessLevel.Read,
        (byte)'W' => AccessLevel.Write,
        (byte)'T' => AccessLevel.Tagging,
        (byte)'P' => AccessLevel.PermissionsManagement,
        _ => throw new FormatException($"The table of IAM actions has a level '{(char)letter}'."),
    };
}
