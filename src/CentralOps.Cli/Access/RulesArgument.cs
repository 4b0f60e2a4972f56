using System.CommandLine;
using CentralOps.Access.Rules;
using CentralOps.Access.Rules.Files;

namespace CentralOps.Cli.Access;

/// <summary>Which access rules are meant: a file, else the one that the environment names, else those that hold without a file.</summary>
internal static class RulesArgument
{
    public const string Variable = "CENTRALOPS_ACCESS_RULES";

    public static Option<string?> Option(string name) => new(name) { Description = $"File with the access rules (default: {Variable}; without one the local owner may do everything and nobody else anything).", HelpName = "FILE" };

    /// <returns>Null where there is no file.</returns>
    public static AccessRules? Read(string? chosen) => Path(chosen) is { } path ? ReadFile(path) : null;

    /// <summary>The whole path; null where no file is named.</summary>
    public static string? Path(string? chosen)
    {
        var path = chosen ?? ProcessEnvironment.Read(Variable);
        return string.IsNullOrEmpty(path) ? null : System.IO.Path.GetFullPath(path);
    }

    private static AccessRules ReadFile(string path)
    {
        try
        {
            return RulesFile.Read(path);
        }
        catch (RulesFileException wrong)
        {
            throw new CommandFailedException(string.Join('\n', wrong.Problems));
        }
    }
}
