using System.Diagnostics.CodeAnalysis;

namespace CentralOps.Access.Rules;

/// <summary>
/// Which tools a rule means: <c>*</c>, a tool's own name (<c>list_accounts</c>), or a target's tool (<c>ec2___describe_ec2_instances</c>). A
/// star stands at the end only and behind a whole segment: <c>ec2___*</c> does not reach <c>ec2-admin___x</c>, <c>describe_*</c> not <c>describes</c>.
/// </summary>
public sealed record ToolPattern
{
    public const string Separator = "___";

    private const int MaxLength = 256;
    private const char Star = '*';

    private readonly string? _target;
    private readonly string _name;
    private readonly bool _isPrefix;

    private ToolPattern(string text, string? target, string name) =>
        (Text, _target, _name, _isPrefix) = (text, target, name.TrimEnd(Star), name.EndsWith(Star));

    public string Text { get; }

    /// <param name="problem">What is wrong with the pattern, as the end of a sentence that begins with it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ToolPattern? pattern, out string problem)
    {
        pattern = null;
        problem = text.Length switch
        {
            0 => "is empty; write a tool's name, describe_*, target___* or *",
            > MaxLength => $"has more than {MaxLength} characters",
            _ when text.AsSpan().ContainsAnyExceptInRange('!', '~') => "holds what no tool's name holds; write letters, digits and '_'",
            _ when text.IndexOf(Star, StringComparison.Ordinal) is >= 0 and var at && at != text.Length - 1 => "has a star that is not at its end; write describe_*, target___* or *",
            _ when text.Length > 1 && text[^1] == Star && text[^2] != '_' => $"has a star in the middle of a word; write {text[..^1]}_* for names that go on behind an underscore",
            _ => "",
        };
        if (problem.Length > 0)
        {
            return false;
        }

        var (target, name) = Split(text);
        if (target is "" || name.Length == 0)
        {
            problem = $"lacks what stands {(name.Length == 0 ? "behind" : "before")} '{Separator}'; write target___* for all tools of a target";
            return false;
        }

        pattern = new ToolPattern(text, target, name);
        return true;
    }

    /// <param name="tool">A tool's name, with its target's in front where that is known.</param>
    /// <param name="withholding">A target that is not known keeps a tool from being granted, and does not keep it from being withheld.</param>
    public bool Means(string tool, bool withholding)
    {
        var (target, name) = Split(tool);
        var isTarget = _target is null || (target is null ? withholding : string.Equals(target, _target, StringComparison.Ordinal));
        return isTarget && (_isPrefix ? name.StartsWith(_name, StringComparison.Ordinal) : string.Equals(name, _name, StringComparison.Ordinal));
    }

    /// <summary>All that a target has.</summary>
    public bool CoversTarget(string target) => _isPrefix && _name.Length == 0 && (_target is null || string.Equals(_target, target, StringComparison.Ordinal));

    // AgentCore's functions split at the first separator too.
    private static (string? Target, string Name) Split(string tool)
    {
        var at = tool.IndexOf(Separator, StringComparison.Ordinal);
        return at < 0 ? (null, tool) : (tool[..at], tool[(at + Separator.Length)..]);
    }
}
