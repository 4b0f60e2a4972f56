namespace CentralOps.Profiles.Settings;

/// <summary>
/// What AWS's SDK reads of the config file but does not give out: the endpoints of a <c>[services …]</c> section, and a profile's lines about
/// the transport. https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
/// </summary>
internal static class ConfigFile
{
    private const int MostBytes = 4 * 1024 * 1024;

    public static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    public static string Path(Func<string, string?> variable) =>
        variable("AWS_CONFIG_FILE") is { Length: > 0 } path ? path : System.IO.Path.Combine(variable("HOME") ?? variable("USERPROFILE") ?? "", ".aws", "config");

    /// <summary>URLs by service, spelt as in <c>AWS_ENDPOINT_URL_[SERVICE]</c>.</summary>
    public static IReadOnlyDictionary<string, string> ServiceEndpoints(string path, string section)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        string? service = null;
        foreach (var (key, value, indented) in Lines(path, $"services {section}"))
        {
            if (!indented)
            {
                service = key.ToUpperInvariant();
            }
            else if (service is not null && key is "endpoint_url")
            {
                found[service] = value;
            }
        }

        return found;
    }

    public static IReadOnlyDictionary<string, string> Profile(string path, string name)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value, indented) in Lines(path, name is "default" ? "default" : $"profile {name}"))
        {
            if (!indented)
            {
                found[key] = value;
            }
        }

        return found;
    }

    private static IEnumerable<(string Key, string Value, bool Indented)> Lines(string path, string section)
    {
        if (new FileInfo(path) is not { Exists: true, Length: <= MostBytes })
        {
            yield break;
        }

        var inside = false;
        foreach (var line in File.ReadLines(path))
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
            {
                continue;
            }

            if (text[0] is '[')
            {
                inside = string.Equals(string.Join(' ', text.Trim('[', ']').Split(' ', StringSplitOptions.RemoveEmptyEntries)), section, StringComparison.Ordinal);
            }
            else if (inside && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
            {
                yield return (text[..at].Trim(), text[(at + 1)..].Trim(), char.IsWhiteSpace(line[0]));
            }
        }
    }
}
