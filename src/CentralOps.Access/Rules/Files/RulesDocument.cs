using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CentralOps.Access.Rules.Files;

/// <summary>
/// The YAML of an access file, read by its events: YamlDotNet's deserializer reflects, and is not safe to trim. There are no anchors and no
/// tags: rules are few and read by people, who have to see what stands there. Size, depth and count are bounded.
/// </summary>
internal sealed class RulesDocument
{
    public const int MaxCharacters = 1024 * 1024;

    private const int MaxDepth = 8;
    private const int MaxNodes = 50_000;

    private readonly Parser _parser;
    private readonly RulesProblems _problems;
    private int _nodes;

    private RulesDocument(TextReader text, RulesProblems problems) => (_parser, _problems) = (new Parser(text), problems);

    /// <summary>The root; null, with the problem told, where the text is not one such document.</summary>
    public static RulesNode? Read(string text, RulesProblems problems)
    {
        if (text.Length > MaxCharacters)
        {
            problems.Add(1, $"The file has {text.Length} characters; {MaxCharacters} are read", "Use groups and patterns instead of single people and tools.");
            return null;
        }

        try
        {
            using var reader = new StringReader(text);
            return new RulesDocument(reader, problems).Root();
        }
        catch (YamlException unreadable)
        {
            problems.Add((int)unreadable.Start.Line, "This is not YAML: " + Plain(unreadable.Message), "Mend the syntax here.");
            return null;
        }
    }

    private RulesNode? Root()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _problems.Add(1, "The file is empty", "Begin with 'rules:'; without a file only the local owner may do anything.");
            return null;
        }

        if (Node(depth: 0) is not { } root)
        {
            return null;
        }

        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return root;
        }

        _problems.Add((int)_parser.Current!.Start.Line, "A second document begins", "Keep one document in the file.");
        return null;
    }

    private RulesNode? Node(int depth)
    {
        var line = (int)_parser.Current!.Start.Line;
        if (depth > MaxDepth || ++_nodes > MaxNodes)
        {
            _problems.Add(line, depth > MaxDepth ? $"The file is nested more than {MaxDepth} deep" : $"The file holds more than {MaxNodes} values", "Use groups and patterns.");
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

    private RulesNode.Word Word()
    {
        var scalar = _parser.Consume<Scalar>();
        return new RulesNode.Word((int)scalar.Start.Line, scalar.Value);
    }

    private RulesNode.Items? Items(int line, int depth)
    {
        _parser.Consume<SequenceStart>();
        List<RulesNode> nodes = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (Node(depth + 1) is not { } node)
            {
                return null;
            }

            nodes.Add(node);
        }

        return new RulesNode.Items(line, nodes);
    }

    private RulesNode.Fields? Fields(int line, int depth)
    {
        _parser.Consume<MappingStart>();
        List<(RulesNode.Word, RulesNode)> members = [];
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not { } key)
            {
                return null;
            }

            if (key is not RulesNode.Word name || !names.Add(name.Text))
            {
                _problems.Add(key.Line, key is RulesNode.Word twice ? $"'{twice.Text}' stands here twice" : "A field's name must be plain text", "Write each field once, as 'name: value'.");
                return null;
            }

            if (Node(depth + 1) is not { } value)
            {
                return null;
            }

            members.Add((name, value));
        }

        return new RulesNode.Fields(line, members);
    }

    // YamlDotNet puts positions in front, which are told already.
    private static string Plain(string message) => message[(message.LastIndexOf("): ", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..].TrimEnd('.');
}
