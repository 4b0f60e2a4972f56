namespace CentralOps.Access.Rules.Files;

/// <summary>An access file is not one; every problem has the file, the line, the field, what is wrong and what to do.</summary>
public sealed class RulesFileException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
