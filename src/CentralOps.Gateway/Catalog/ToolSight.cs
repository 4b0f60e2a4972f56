using CentralOps.Access.Callers;
using CentralOps.Access.Rules;

namespace CentralOps.Gateway.Catalog;

/// <summary>
/// Which tools a group of callers sees: patterns of names as tool sets have them, and of those what access rules leave. Two sights with one key
/// see the same.
/// </summary>
internal sealed class ToolSight
{
    private const string Rest = "*";

    private readonly IReadOnlyList<string> _patterns;
    private readonly AccessRules? _rules;
    private readonly Caller? _caller;

    public ToolSight(IEnumerable<string> patterns)
    {
        _patterns = [.. patterns.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Key = string.Join('\n', _patterns);
        IsAll = _patterns.Contains(Rest, StringComparer.Ordinal);
    }

    /// <summary>What access rules leave of another sight for a caller.</summary>
    public ToolSight(ToolSight sight, AccessRules rules, Caller caller)
    {
        _patterns = sight._patterns;
        (_rules, _caller) = (rules, caller);
        Key = $"{sight.Key}\n\n{rules.KeyOf(caller)}";
        IsAll = false;
    }

    public static ToolSight All { get; } = new([Rest]);

    public string Key { get; }

    public bool IsAll { get; }

    /// <param name="tool"><c>target___tool</c>.</param>
    public bool Admits(string tool) => IsAll || (_patterns.Any(pattern => Fits(pattern, tool)) && _rules?.MaySeeTool(_caller!, tool) != false);

    /// <summary>All that a target has, its prompts and resources too.</summary>
    public bool AdmitsTarget(string target) => IsAll
        || ((_patterns.Contains(Rest, StringComparer.Ordinal) || _patterns.Contains(target + "___" + Rest, StringComparer.Ordinal)) && _rules?.MaySeeTarget(_caller!, target) != false);

    // A star stands at the end only, and there only behind a whole target's name: 'ec2___*' does not reach 'ec2-admin___x'.
    private static bool Fits(string pattern, string tool) =>
        string.Equals(pattern, Rest, StringComparison.Ordinal)
        || (pattern.EndsWith("___" + Rest, StringComparison.Ordinal)
            ? tool.StartsWith(pattern.AsSpan(0, pattern.Length - Rest.Length), StringComparison.Ordinal)
            : string.Equals(pattern, tool, StringComparison.Ordinal));
}
