namespace CentralOps.Access.Rules.Files;

/// <summary>The fields of one mapping: each is taken by name, and what nobody took is refused.</summary>
internal sealed class FieldReader
{
    private readonly Dictionary<string, (RulesNode.Word Name, RulesNode Value)> _left;
    private readonly string _where;
    private readonly RulesProblems _problems;

    /// <param name="where">What the mapping is, such as <c>rule 'sre'</c>.</param>
    public FieldReader(RulesNode.Fields fields, string where, RulesProblems problems)
    {
        (_where, _problems) = (where, problems);
        _left = fields.Members.ToDictionary(static member => member.Name.Text, static member => member, StringComparer.Ordinal);
    }

    public RulesNode? Take(string name) => _left.Remove(name, out var member) ? member.Value : null;

    /// <summary>One text; null where it is absent, or is none and that was told.</summary>
    public RulesNode.Word? Word(string name, string example)
    {
        var node = Take(name);
        if (node is null or RulesNode.Word { Text.Length: > 0 })
        {
            return (RulesNode.Word?)node;
        }

        _problems.Add(node.Line, $"{_where}: '{name}' is not one text", $"Write it as in '{name}: {example}'.");
        return null;
    }

    /// <summary>One text or a list of them; empty where it is absent, or is neither and that was told.</summary>
    public IReadOnlyList<RulesNode.Word> Words(string name, string example)
    {
        var node = Take(name);
        IReadOnlyList<RulesNode>? nodes = node switch
        {
            null => [],
            RulesNode.Word word => [word],
            RulesNode.Items { Nodes.Count: > 0 } items => items.Nodes,
            _ => null,
        };
        if (nodes is not null && nodes.All(static item => item is RulesNode.Word { Text.Length: > 0 }))
        {
            return [.. nodes.Cast<RulesNode.Word>()];
        }

        _problems.Add(node!.Line, $"{_where}: '{name}' is neither a text nor a list of texts, or one is empty", $"Write it as in '{name}: [{example}]'.");
        return [];
    }

    /// <summary>Refuses what was not taken.</summary>
    public void End(string known)
    {
        foreach (var (name, _) in _left.Values)
        {
            _problems.Add(name.Line, $"{_where}: there is no field '{name.Text}'", $"The fields are {known}.");
        }
    }
}
