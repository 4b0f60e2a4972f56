using System.Globalization;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>
/// A mapping of the file, read key by key. What is not there takes its default; what does not fit is told and takes it, too, so that
/// reading goes on to the next problem. <see cref="End"/> tells of keys that nobody asked for.
/// </summary>
internal sealed class Section
{
    private readonly Dictionary<string, YamlNode> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public Section(YamlNode node, string place, EstateProblems problems)
    {
        (Line, Place, Problems) = (node.Line, place, problems);
        if (node is not YamlNode.Map map)
        {
            if (node is not YamlNode.Scalar { IsNull: true })
            {
                problems.Add(node.Line, $"{Name} must be a mapping", "Write 'key: value' lines.");
            }

            return;
        }

        foreach (var (key, value) in map.Entries)
        {
            if (_entries.TryAdd(key.Text, value))
            {
                _lines[key.Text] = key.Line;
            }
            else
            {
                problems.Add(key.Line, $"'{key.Text}' is given twice in {Name}", "Keep one of them.");
            }
        }
    }

    public int Line { get; }

    public string Place { get; }

    public EstateProblems Problems { get; }

    /// <summary>Every key with its value, for mappings whose keys are names.</summary>
    public IEnumerable<(string Key, int Line, YamlNode Value)> Entries
    {
        get
        {
            _known.UnionWith(_entries.Keys);
            return _entries.Select(entry => (entry.Key, _lines[entry.Key], entry.Value));
        }
    }

    private string Name => Place.Length == 0 ? "the file" : Place;

    public int LineOf(string key) => _lines.GetValueOrDefault(key, Line);

    public bool Has(string key) => _entries.ContainsKey(key);

    public YamlNode? Node(string key)
    {
        _known.Add(key);
        return _entries.GetValueOrDefault(key);
    }

    public string? Text(string key) => Node(key) switch
    {
        null or YamlNode.Scalar { IsNull: true } => null,
        YamlNode.Scalar scalar => scalar.Text,
        var other => Wrong<string>(other.Line, key, "must be text", "Write one value."),
    };

    public string Text(string key, string otherwise) => Text(key) ?? otherwise;

    /// <summary>A text that must be there and fit; empty, and told, otherwise.</summary>
    public string Required(string key, Func<string, bool> fits, string rule)
    {
        var text = Text(key);
        if (text is null)
        {
            Problems.Add(Line, $"{Name} has no '{key}'", $"Add '{key}': {rule}.");
            return "";
        }

        if (!fits(text))
        {
            Problems.Add(LineOf(key), $"{Join(key)} '{text}' does not fit", $"It must be {rule}.");
            return "";
        }

        return text;
    }

    public string OneOf(string key, string otherwise, params IReadOnlyList<string> choices)
    {
        var text = Text(key, otherwise);
        return choices.Contains(text, StringComparer.Ordinal)
            ? text
            : Wrong<string>(LineOf(key), key, $"'{text}' is not one of {string.Join(", ", choices)}", "Take one of these.") ?? otherwise;
    }

    public int Number(string key, int otherwise, int min, int max)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Problems.Add(LineOf(key), $"{Join(key)} '{text}' does not fit", $"It must be a whole number from {min} to {max}.");
        return otherwise;
    }

    public double Real(string key, double otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        Problems.Add(LineOf(key), $"{Join(key)} '{text}' is not a number", "Write one, such as 80 or 0.5.");
        return otherwise;
    }

    public bool Flag(string key, bool otherwise) => Text(key) switch
    {
        null => otherwise,
        "true" or "yes" => true,
        "false" or "no" => false,
        var text => Wrong<string>(LineOf(key), key, $"'{text}' is neither true nor false", "Write true or false.") is null && otherwise,
    };

    public DateTimeOffset Time(string key, DateTimeOffset otherwise)
    {
        if (Text(key) is not { } text)
        {
            return otherwise;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        Problems.Add(LineOf(key), $"{Join(key)} '{text}' is not a date", "Write one such as 2024-05-02 or 2024-05-02T09:30:00Z.");
        return otherwise;
    }

    /// <summary>The items of a list; a single value stands for a list of one.</summary>
    public IEnumerable<YamlNode> Items(string key) => Node(key) switch
    {
        null or YamlNode.Scalar { IsNull: true } => [],
        YamlNode.List list => list.Items,
        var single => [single],
    };

    public IEnumerable<Section> Sections(string key) => Items(key).Select((item, index) => new Section(item, $"{Join(key)}[{index}]", Problems));

    public IReadOnlyList<string> Texts(string key)
    {
        List<string> texts = [];
        foreach (var item in Items(key))
        {
            if (item is YamlNode.Scalar scalar)
            {
                texts.Add(scalar.Text);
            }
            else
            {
                Wrong<string>(item.Line, key, "must be a list of texts", "Write '[one, two]'.");
            }
        }

        return texts;
    }

    /// <summary>A mapping of names to texts, in the file's order.</summary>
    public IReadOnlyList<Tag> Pairs(string key)
    {
        if (Node(key) is not { } node)
        {
            return [];
        }

        var section = new Section(node, Join(key), Problems);
        return [.. section.Entries.Select(entry => new Tag(entry.Key, section.Text(entry.Key, "")))];
    }

    /// <summary>Tells of the keys that are not known here.</summary>
    public void End()
    {
        foreach (var key in _entries.Keys.Where(key => !_known.Contains(key)))
        {
            Problems.Add(_lines[key], $"'{key}' is not a key of {Name}", $"Known are: {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }
    }

    public string Join(string key) => Place.Length == 0 ? key : $"{Place}.{key}";

    private T? Wrong<T>(int line, string key, string what, string repair)
        where T : class
    {
        Problems.Add(line, $"{Join(key)} {what}", repair);
        return null;
    }
}
