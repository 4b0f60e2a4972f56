using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CentralOps.Gateway.Settings.Files;

/// <summary>
/// The YAML of a settings file, read by its events: YamlDotNet's deserializer reflects, and is not safe to trim. No anchors, no tags: who reads it has to
/// see what stands there. Size, depth and count are bounded.
/// </summary>
internal sealed class SettingsDocument
{
    public const int MaxCharacters = 1024 * 1024;

    private const int MaxDepth = 8;
    private const int MaxNodes = 50_000;

    private readonly Parser _parser;
    private readonly SettingsProblems _problems;
    private int _nodes;

    private SettingsDocument(TextReader text, SettingsProblems problems) => (_parser, _problems) = (new Parser(text), problems);

    /// <summary>The root; null, with the problem told, where the text is not one such document. An empty one says nothing.</summary>
    public static SettingsNode? Read(string text, SettingsProblems problems)
    {
        if (text.Length > MaxCharacters)
        {
            problems.Add(1, $"The file has more than {MaxCharacters} characters, which is all that is read", "Name groups and patterns instead of single callers and tools.");
            return null;
        }

        try
        {
            using var reader = new StringReader(text);
            return new SettingsDocument(reader, problems).Root();
        }
        catch (YamlException unreadable)
        {
            problems.Add((int)unreadable.Start.Line, "This is not YAML: " + Plain(unreadable.Message), "Mend the syntax here.");
            return null;
        }
    }

    private SettingsNode? Root()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            return new SettingsNode.Fields(1, []);
        }

        if (Node(depth: 0) is not { } root)
        {
            return null;
        }

        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return root is SettingsNode.Word { IsNothing: true } ? new SettingsNode.Fields(1, []) : root;
        }

        _problems.Add((int)_parser.Current!.Start.Line, "A second document begins", "Keep one document in the file.");
        return null;
    }

    private SettingsNode? Node(int depth)
    {
        var line = (int)_parser.Current!.Start.Line;
        if (depth > MaxDepth || ++_nodes > MaxNodes)
        {
            _problems.Add(line, depth > MaxDepth ? $"The file is nested more than {MaxDepth} deep" : $"The file holds more than {MaxNodes} values", "No setting needs as much: see docs/gateways.md.");
            return null;
        }

        if (_parser.Current is AnchorAlias || _parser.Current is NodeEvent { Anchor.IsEmpty: false })
        {
            _problems.Add(line, "Anchors and aliases ('&', '*') are not read here", "Write the values out; a value that begins with a star is quoted, as in \"*\".");
            return null;
        }

        return _parser.Current switch
        {
            Scalar => Word(),
            SequenceStart => Items(line, depth),
            _ => Fields(line, depth),
        };
    }

    private SettingsNode.Word Word()
    {
        var scalar = _parser.Consume<Scalar>();
        return new SettingsNode.Word((int)scalar.Start.Line, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private SettingsNode.Items? Items(int line, int depth)
    {
        _parser.Consume<SequenceStart>();
        List<SettingsNode> nodes = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (Node(depth + 1) is not { } node)
            {
                return null;
            }

            nodes.Add(node);
        }

        return new SettingsNode.Items(line, nodes);
    }

    private SettingsNode.Fields? Fields(int line, int depth)
    {
        _parser.Consume<MappingStart>();
        List<(SettingsNode.Word, SettingsNode)> members = [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not { } key)
            {
                return null;
            }

            if (key is not SettingsNode.Word name || !names.Add(name.Text))
            {
                _problems.Add(key.Line, key is SettingsNode.Word twice ? $"'{twice.Text}' stands here twice" : "A field's name must be plain text", "Write each field once, as 'name: value'.");
                return null;
            }

            if (Node(depth + 1) is not { } value)
            {
                return null;
            }

            members.Add((name, value));
        }

        return new SettingsNode.Fields(line, members);
    }

    // YamlDotNet puts positions in front, which are told already.
    private static string Plain(string message) => message[(message.LastIndexOf("): ", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..].TrimEnd('.');
}
