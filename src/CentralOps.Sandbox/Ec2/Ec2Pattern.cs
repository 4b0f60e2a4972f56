namespace CentralOps.Sandbox.Ec2;

/// <summary>
/// A filter value with EC2's wildcards: <c>*</c> is any run of characters, <c>?</c> one character or none, a backslash takes the next
/// character as it is. Case counts.
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html
/// </summary>
internal sealed class Ec2Pattern
{
    private readonly List<(char Character, Kind Kind)> _tokens = [];
    private readonly string? _plain;

    public Ec2Pattern(string text)
    {
        if (text.AsSpan().IndexOfAny('*', '?', '\\') < 0)
        {
            _plain = text;
            return;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var escaped = text[i] == '\\' && i + 1 < text.Length;
            var c = escaped ? text[++i] : text[i];
            _tokens.Add((c, escaped ? Kind.Literal : c switch { '*' => Kind.Run, '?' => Kind.Optional, _ => Kind.Literal }));
        }
    }

    private enum Kind
    {
        Literal,
        Optional,
        Run,
    }

    public bool Matches(string text) => _plain is not null ? string.Equals(_plain, text, StringComparison.Ordinal) : MatchesWild(text);

    // Follows all positions in the pattern at once: linear in text times pattern, whatever the pattern.
    private bool MatchesWild(string text)
    {
        var now = new bool[_tokens.Count + 1];
        var next = new bool[_tokens.Count + 1];
        now[0] = true;
        Pass(now);
        foreach (var c in text)
        {
            Array.Clear(next);
            for (var i = 0; i < _tokens.Count; i++)
            {
                if (!now[i])
                {
                    continue;
                }

                next[i] |= _tokens[i].Kind == Kind.Run;
                next[i + 1] |= _tokens[i].Kind == Kind.Optional || (_tokens[i].Kind == Kind.Literal && _tokens[i].Character == c);
            }

            Pass(next);
            (now, next) = (next, now);
        }

        return now[^1];
    }

    /// <summary>Moves past what may match nothing.</summary>
    private void Pass(bool[] positions)
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            positions[i + 1] |= positions[i] && _tokens[i].Kind != Kind.Literal;
        }
    }
}
