namespace CentralOps.Access.Rules.Files;

/// <summary>A piece of an access file with the line where it stands.</summary>
internal abstract record RulesNode(int Line)
{
    internal sealed record Word(int Line, string Text) : RulesNode(Line);

    internal sealed record Items(int Line, IReadOnlyList<RulesNode> Nodes) : RulesNode(Line);

    internal sealed record Fields(int Line, IReadOnlyList<(Word Name, RulesNode Value)> Members) : RulesNode(Line);
}
