namespace CentralOps.Sandbox.Estates;

/// <summary>An estate file is not one; every problem has the file, the line, what is wrong and what to do.</summary>
public sealed class EstateFileException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
