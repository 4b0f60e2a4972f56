namespace CentralOps.Gateway.Catalog;

/// <summary>
/// Which tools a group of callers sees: patterns of names as tool sets have them. Two sights with one key see the same.
/// </summary>
internal sealed class ToolSight
{
    private const string Rest = "*";

    private readonly IReadOnlyList<string> _patterns;

    public ToolSight(IEnumerable<string> patterns)
    {
        _patterns = [.. patterns.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Key = string.Join('\n', _patterns);
        IsAll = _patterns.Contains(Rest, StringComparer.Ordinal);
    }

    public static ToolSight All { get; } = new([Rest]);

    public string Key { get; }

    public bool IsAll { get; }

    /// <param name="tool"><c>target___tool</c>.</param>
    public bool Admits(string tool) => IsAll || _patterns.Any(pattern => Fits(pattern, tool));

    /// <summary>All that a target has, its prompts and resources too.</summary>
    public bool AdmitsTarget(string target) => IsAll || _patterns.Contains(target + "___" + Rest, StringComparer.Ordinal);

    // A star stands at the end only, and there only behind a whole target's name: 'ec2___*' does not reach 'ec2-admin___x'.
    private static bool Fits(string pattern, string tool) =>
        pattern.EndsWith("___" + Rest, StringComparison.Ordinal)
            ? tool.StartsWith(pattern.AsSpan(0, pattern.Length - Rest.Length), StringComparison.Ordinal)
            : string.Equals(pattern, tool, StringComparison.Ordinal);
}
