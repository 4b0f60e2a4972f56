namespace CentralOps.Gateway.Settings.Files;

/// <summary>A settings file is not one; every problem has the file, the line, the field, what is wrong and what to do.</summary>
public sealed class SettingsFileException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
