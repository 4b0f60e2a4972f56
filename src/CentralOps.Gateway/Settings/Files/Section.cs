using System.Globalization;
using CentralOps.Text.Nearness;

namespace CentralOps.Gateway.Settings.Files;

/// <summary>One mapping of the file, read field by field; what nobody asked for is refused at its end, with the nearest of what is known.</summary>
internal sealed class Section
{
    private readonly Dictionary<string, (SettingsNode.Word Name, SettingsNode Value)> _left = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    /// <param name="place">Where it stands, such as <c>gateways[1].tool_sets[1]</c>; empty for the file.</param>
    public Section(SettingsNode node, string place, SettingsProblems problems)
    {
        (Line, Place, Problems) = (node.Line, place, problems);
        switch (node)
        {
            case SettingsNode.Fields fields:
                _left = fields.Members.ToDictionary(static member => member.Name.Text, static member => member, StringComparer.Ordinal);
                break;
            case SettingsNode.Word { IsNothing: true }:
                break;
            default:
                problems.Add(node.Line, $"{(place.Length > 0 ? place : "The file")} is not a mapping", "Write 'name: value' lines.");
                break;
        }
    }

    public int Line { get; }

    public string Place { get; }

    public SettingsProblems Problems { get; }

    public string At(string name) => Place.Length > 0 ? $"{Place}.{name}" : name;

    /// <summary>Null where it is absent or says nothing.</summary>
    public SettingsNode? Take(string name)
    {
        _known.Add(name);
        return _left.Remove(name, out var member) && member.Value is not SettingsNode.Word { IsNothing: true } ? member.Value : null;
    }

    /// <summary>One text; null where it is absent, or is none and that was told.</summary>
    public SettingsNode.Word? Word(string name, string example)
    {
        var node = Take(name);
        if (node is null or SettingsNode.Word { Text.Length: > 0 })
        {
            return (SettingsNode.Word?)node;
        }

        Problems.Add(node.Line, $"{At(name)} is not one text", $"Write it as in '{name}: {example}'.");
        return null;
    }

    /// <summary>One text that has to be there; null, with the problem told, where it is not.</summary>
    public SettingsNode.Word? Required(string name, string example)
    {
        var missing = !_left.TryGetValue(name, out var member) || member.Value is SettingsNode.Word { IsNothing: true };
        if (missing)
        {
            Problems.Add(Line, $"{At(name)} is missing", $"Write it as in '{name}: {example}'.");
        }

        return Word(name, example);
    }

    /// <summary>One text or a list of them; empty where it is absent, or is neither and that was told.</summary>
    public IReadOnlyList<SettingsNode.Word> Words(string name, string example)
    {
        var node = Take(name);
        var nodes = node switch
        {
            null => [],
            SettingsNode.Word => [node],
            SettingsNode.Items items => items.Nodes,
            _ => null,
        };
        if (nodes is not null && nodes.All(static item => item is SettingsNode.Word { Text.Length: > 0 }))
        {
            return [.. nodes.Cast<SettingsNode.Word>()];
        }

        Problems.Add(node!.Line, $"{At(name)} is neither a text nor a list of texts, or one of them is empty", $"Write it as in '{name}: [{example}]'.");
        return [];
    }

    /// <summary>The mappings of a list.</summary>
    public IReadOnlyList<Section> Sections(string name, string example)
    {
        switch (Take(name))
        {
            case null:
                return [];
            case SettingsNode.Items items:
                return [.. items.Nodes.Select((node, index) => new Section(node, string.Create(CultureInfo.InvariantCulture, $"{At(name)}[{index + 1}]"), Problems))];
            case var other:
                Problems.Add(other.Line, $"{At(name)} is not a list", $"Write one '- {example}' below it for each.");
                return [];
        }
    }

    /// <summary>One mapping; null where it is absent.</summary>
    public Section? Inner(string name) => Take(name) is { } node ? new Section(node, At(name), Problems) : null;

    public int Number(string name, int otherwise, int least, int most)
    {
        if (Word(name, otherwise.ToString(CultureInfo.InvariantCulture)) is not { } word)
        {
            return otherwise;
        }

        if (int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problems.Add(word.Line, $"{At(name)} is '{word.Text}', which is no whole number from {least} to {most}", $"Write it as in '{name}: {otherwise}'.");
        return otherwise;
    }

    public bool? Flag(string name)
    {
        var word = Word(name, "on");
        switch (word?.Text)
        {
            case null:
                return null;
            case "on" or "true":
                return true;
            case "off" or "false":
                return false;
            default:
                Problems.Add(word.Line, $"{At(name)} is '{word.Text}', which is neither on nor off", "Write on or off.");
                return null;
        }
    }

    /// <summary>Every field with its one text, for mappings whose names are data.</summary>
    public IEnumerable<(SettingsNode.Word Name, SettingsNode.Word Value)> Pairs()
    {
        foreach (var (name, value) in _left.Values.ToArray())
        {
            _left.Remove(name.Text);
            if (value is SettingsNode.Word word)
            {
                yield return (name, word);
                continue;
            }

            Problems.Add(value.Line, $"{At(name.Text)} is not one text", "Write 'name: value'.");
        }
    }

    /// <summary>Refuses what was not asked for.</summary>
    public void End()
    {
        foreach (var (name, _) in _left.Values)
        {
            var near = NearNames.Of(name.Text, _known, 1);
            Problems.Add(name.Line, $"{At(name.Text)} is not known", near.Count > 0 ? $"Did you mean '{near[0]}'?" : $"Known here are {string.Join(", ", _known)}.");
        }
    }
}
