using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CentralOps.Sandbox.Estates.Files;

/// <summary>
/// Reads YAML by its events: YamlDotNet's deserializer reflects, and is not safe to trim. Bounded in depth and in size, in which an
/// alias counts as much as what it stands for.
/// </summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 24;
    private const int MaxSize = 100_000;

    private readonly Parser _parser;
    private readonly EstateProblems _problems;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);

    private YamlTree(TextReader text, EstateProblems problems) => (_parser, _problems) = (new Parser(text), problems);

    /// <summary>The root; null, with the problem told, when the text is not one YAML document within the bounds.</summary>
    public static YamlNode? Read(TextReader text, EstateProblems problems)
    {
        try
        {
            var tree = new YamlTree(text, problems);
            tree._parser.Consume<StreamStart>();
            if (!tree._parser.TryConsume<DocumentStart>(out _))
            {
                problems.Add(1, "The file is empty", "Begin with 'accounts:'; docs/estate.md shows an example.");
                return null;
            }

            var root = tree.Node(depth: 0);
            tree._parser.Consume<DocumentEnd>();
            if (root is not null && !tree._parser.TryConsume<StreamEnd>(out _))
            {
                problems.Add((int)tree._parser.Current!.Start.Line, "A second document begins", "Keep one document in the file.");
                return null;
            }

            return root;
        }
        catch (YamlException unreadable)
        {
            problems.Add((int)unreadable.Start.Line, "This is not YAML: " + Plain(unreadable.Message), "Mend the syntax here.");
            return null;
        }
    }

    /// <summary>Null once a bound was crossed.</summary>
    private YamlNode? Node(int depth)
    {
        var at = (int)_parser.Current!.Start.Line;
        if (depth > MaxDepth)
        {
            _problems.Add(at, $"The file is nested more than {MaxDepth} deep", "An estate needs no more than half of that.");
            return null;
        }

        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Bounded(_anchors.GetValueOrDefault(alias.Value.Value), at, $"The alias '*{alias.Value.Value}' stands for nothing yet, or for what it is part of");
        }

        var anchor = ((NodeEvent)_parser.Current).Anchor;
        YamlNode? node = _parser.Current switch
        {
            Scalar => Text(),
            SequenceStart => Sequence(at, depth),
            _ => Mapping(at, depth),
        };
        if (node is not null && !anchor.IsEmpty)
        {
            _anchors[anchor.Value] = node;
        }

        return node is null ? null : Bounded(node, at, "");
    }

    private YamlNode? Bounded(YamlNode? node, int line, string absent)
    {
        if (node is null)
        {
            _problems.Add(line, absent, "Define it further up, with '&'.");
        }
        else if (node.Size > MaxSize)
        {
            _problems.Add(line, $"The file holds more than {MaxSize} values, with what its aliases stand for", "Use 'count' for many alike, or several files.");
            return null;
        }

        return node;
    }

    private YamlNode.Scalar Text()
    {
        var scalar = _parser.Consume<Scalar>();
        return new YamlNode.Scalar((int)scalar.Start.Line, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlNode.List? Sequence(int line, int depth)
    {
        _parser.Consume<SequenceStart>();
        List<YamlNode> items = [];
        var size = 1;
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (Node(depth + 1) is not { } item || (size += item.Size) > MaxSize)
            {
                return TooLarge<YamlNode.List>(size, line);
            }

            items.Add(item);
        }

        return new YamlNode.List(line, size, items);
    }

    private YamlNode.Map? Mapping(int line, int depth)
    {
        _parser.Consume<MappingStart>();
        List<(YamlNode.Scalar, YamlNode)> entries = [];
        var size = 1;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (_parser.Current is not Scalar)
            {
                _problems.Add((int)_parser.Current!.Start.Line, "A key must be plain text", "Write 'name: value'.");
                return null;
            }

            var key = Text();
            if (Node(depth + 1) is not { } value || (size += 1 + value.Size) > MaxSize)
            {
                return TooLarge<YamlNode.Map>(size, line);
            }

            entries.Add((key, value));
        }

        return new YamlNode.Map(line, size, entries);
    }

    private T? TooLarge<T>(int size, int line)
        where T : YamlNode
    {
        if (size > MaxSize)
        {
            _problems.Add(line, $"The file holds more than {MaxSize} values, with what its aliases stand for", "Use 'count' for many alike, or several files.");
        }

        return null;
    }

    // YamlDotNet puts positions in front, which are told already.
    private static string Plain(string message) => message[(message.LastIndexOf("): ", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..].TrimEnd('.');
}
