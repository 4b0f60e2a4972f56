using System.Text;

namespace CentralOps.Sandbox.AwsMcp.Library;

/// <summary>A page of the sandbox's own documentation, or a skill.</summary>
internal sealed record LibraryPage(string Name, string Title, string Text);

/// <summary>
/// The texts that the documentation tools answer from. They are a few, written for the sandbox; none is AWS's, and their addresses
/// lead nowhere, so that nobody takes one for AWS's page.
/// </summary>
internal sealed class TextLibrary
{
    private TextLibrary(IReadOnlyList<LibraryPage> pages) => Pages = pages;

    public IReadOnlyList<LibraryPage> Pages { get; }

    /// <summary>Reads an embedded file: a page begins with <c>== name | title</c>.</summary>
    public static TextLibrary Read(string resource)
    {
        using var stream = typeof(TextLibrary).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The embedded file {resource} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        List<LibraryPage> pages = [];
        foreach (var part in reader.ReadToEnd().ReplaceLineEndings("\n").Split("\n== ", StringSplitOptions.RemoveEmptyEntries))
        {
            var text = part.StartsWith("== ", StringComparison.Ordinal) ? part[3..] : part;
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            var head = text[..end].Split('|', 2, StringSplitOptions.TrimEntries);
            pages.Add(new LibraryPage(head[0], head[1], text[(end + 1)..].Trim()));
        }

        return new TextLibrary(pages);
    }

    public LibraryPage? Find(string name) => Pages.FirstOrDefault(page => string.Equals(page.Name, name, StringComparison.Ordinal));

    /// <summary>The pages that hold the most of the words, a word of the title counting for three.</summary>
    public IReadOnlyList<LibraryPage> Search(string query, int most)
    {
        var words = Words(query).Distinct(StringComparer.Ordinal).Take(32).ToArray();
        return [.. Pages
            .Select(page => (Page: page, Score: Score(page, words)))
            .Where(found => found.Score > 0)
            .OrderByDescending(found => found.Score)
            .ThenBy(found => found.Page.Name, StringComparer.Ordinal)
            .Take(most)
            .Select(found => found.Page)];
    }

    private static int Score(LibraryPage page, string[] words)
    {
        var title = Words(page.Title).ToHashSet(StringComparer.Ordinal);
        var text = Words(page.Text).ToHashSet(StringComparer.Ordinal);
        return words.Sum(word => (title.Contains(word) ? 3 : 0) + (text.Contains(word) ? 1 : 0));
    }

    private static string[] Words(string text) =>
        new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
