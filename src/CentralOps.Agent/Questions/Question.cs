namespace CentralOps.Agent.Questions;

/// <summary>A question, word by word. Whoever understands a word takes it; what is left over is said to the person. Not for two threads at once.</summary>
internal sealed class Question
{
    public const int MaxChars = 2000;

    private const string Marks = ".,;:!?()[]{}<>\"'`“”‘’";
    private const string ClauseMarks = ",;.!?";

    private readonly bool[] _taken;

    private Question(string text, IReadOnlyList<Word> words)
    {
        Text = text;
        Words = words;
        _taken = new bool[words.Count];
    }

    public string Text { get; }

    public IReadOnlyList<Word> Words { get; }

    /// <param name="text">Read up to <see cref="MaxChars"/>.</param>
    public static Question Read(string text)
    {
        var read = text.Length <= MaxChars ? text : text[..MaxChars];
        var words = new List<Word>();
        for (var at = 0; at < read.Length;)
        {
            if (char.IsWhiteSpace(read[at]))
            {
                at++;
                continue;
            }

            var end = Quoted(read, at) ?? WordEnd(read, at);
            Add(read[at..end], words);
            at = end;
        }

        return new Question(read, words);
    }

    public bool IsTaken(int at) => _taken[at];

    public void Take(int at, int count = 1) => Array.Fill(_taken, value: true, at, count);

    /// <summary>Where words stand one behind the other, in any number (singular, plural) and case; -1 where they do not.</summary>
    /// <param name="phrase">Words with one space between.</param>
    public int Find(string phrase, bool evenTaken = true)
    {
        var parts = Array.ConvertAll(phrase.Split(' '), Word.Singular);
        for (var at = 0; at + parts.Length <= Words.Count; at++)
        {
            if (Matches(at, parts) && (evenTaken || !Enumerable.Range(at, parts.Length).Any(IsTaken)))
            {
                return at;
            }
        }

        return -1;
    }

    public bool Says(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (Find(phrase) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes a phrase where it is said.</summary>
    public bool TryTake(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (Find(phrase, evenTaken: false) is >= 0 and var at)
            {
                Take(at, phrase.Count(' ') + 1);
                return true;
            }
        }

        return false;
    }

    /// <summary>The word before, in lower case; empty at the beginning.</summary>
    public string Before(int at) => at > 0 ? Words[at - 1].Lower : "";

    public string After(int at) => at + 1 < Words.Count ? Words[at + 1].Lower : "";

    /// <summary>What nobody took, in its order.</summary>
    public IEnumerable<Word> Left => Words.Where((_, at) => !_taken[at]);

    private bool Matches(int at, string[] parts)
    {
        for (var part = 0; part < parts.Length; part++)
        {
            if (!string.Equals(Words[at + part].Plain, parts[part], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static int WordEnd(string text, int at)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    // A quotation mark opens at the beginning of a word and closes at the end of one; an apostrophe inside a word is neither.
    private static int? Quoted(string text, int at)
    {
        var close = text[at] switch { '"' => '"', '\'' => '\'', '`' => '`', '“' => '”', '‘' => '’', _ => '\0' };
        for (var end = at + 1; close != '\0' && end < text.Length; end++)
        {
            if (text[end] == close && (end + 1 == text.Length || !char.IsLetterOrDigit(text[end + 1])))
            {
                return WordEnd(text, end);
            }
        }

        return null;
    }

    private static void Add(string raw, List<Word> words)
    {
        var quoted = raw.Contains(' ', StringComparison.Ordinal) || (raw.Length > 2 && raw[0] is '"' or '\'' or '`' or '“' or '‘');
        var text = raw.Trim(Marks.ToCharArray());
        foreach (var ending in (string[])["'s", "’s"])
        {
            text = text.EndsWith(ending, StringComparison.Ordinal) ? text[..^2] : text;
        }

        if (text.Length > 0)
        {
            words.Add(new Word(text, quoted, ClauseMarks.Contains(raw[^1], StringComparison.Ordinal)));
        }
    }
}
