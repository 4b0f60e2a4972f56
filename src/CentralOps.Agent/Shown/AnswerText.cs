using System.Text;
using System.Text.RegularExpressions;
using CentralOps.Agent.Fencing;

namespace CentralOps.Agent.Shown;

/// <summary>
/// A model's words as a person may be shown them: no character that acts, no image, and no link that a terminal or a page would make one. What a
/// stranger wrote into a tag can come out of a model as an address that carries data away when it is opened.
/// </summary>
public static partial class AnswerText
{
    private const string ImageLeftOut = "(image left out)";

    /// <summary>Whole text, or whole lines of it.</summary>
    public static string Of(string text)
    {
        var shown = Fence.Clean(text);
        shown = Image().Replace(shown, ImageLeftOut);
        shown = Link().Replace(shown, static link => link.Groups["text"].Value);
        shown = Markup().Replace(shown, static tag => tag.Value.StartsWith("<img", StringComparison.OrdinalIgnoreCase) ? ImageLeftOut : "");
        return Address().Replace(shown, static address => $"{address.Groups["rest"].Value}{(address.Groups["query"].Length > 0 ? "…" : "")}");
    }

    // ![alt](address) and ![alt][reference]
    [GeneratedRegex(@"!\[[^\]\n]*\](\([^)\n]*\)?|\[[^\]\n]*\])", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Image();

    // [text](address)
    [GeneratedRegex(@"\[(?<text>[^\]\n]*)\]\([^)\n]*\)?", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("</?(img|a|iframe|link|script|style|svg|object|embed|video|audio|source|picture|form|base|meta)\\b[^>\n]*>?", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Markup();

    // The host and the path say what a thing is; scheme, query and fragment make it work.
    [GeneratedRegex(@"\b[a-z][a-z0-9+.-]{1,20}://(?<rest>[^\s?#<>""'`]*)(?<query>[?#][^\s<>""'`]*)?", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
