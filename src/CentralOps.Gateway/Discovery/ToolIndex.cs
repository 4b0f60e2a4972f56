using System.Collections.Frozen;
using CentralOps.Gateway.Catalog;
using CentralOps.Text.Search;

namespace CentralOps.Gateway.Discovery;

/// <summary>The tools of one view, ready to be searched: whoever searches it finds what he may list and call, and nothing else. Immutable.</summary>
internal sealed class ToolIndex
{
    public static readonly SearchRules Rules = new()
    {
        // Name, description, parameters' names, what is said about them.
        Fields = [new(4f, 0.4f), new(2f, 0.6f), new(0.6f, 0.7f), new(0.25f, 0.75f)],
        Synonyms = new(AwsVocabulary.Rows),
    };

    private readonly FrozenDictionary<string, CatalogTool> _byName;

    private ToolIndex(CatalogTool[] tools, SearchIndex words)
    {
        _byName = tools.ToFrozenDictionary(tool => tool.Name, StringComparer.Ordinal);
        Words = words;
        Tools = tools;
    }

    /// <summary>Those that can be found: all but the ones of targets that list live.</summary>
    public IReadOnlyList<CatalogTool> Tools { get; }

    public SearchIndex Words { get; }

    public static ToolIndex Build(IEnumerable<CatalogTool> tools)
    {
        var searchable = tools.Where(tool => tool.IsSearchable).ToArray();
        return new(searchable, SearchIndex.Build(searchable.Select(Document), Rules));
    }

    /// <summary>The tools that fit a query best, by its words; the best first.</summary>
    public IReadOnlyList<CatalogTool> Search(string query, int limit) => [.. Words.Search(query, limit).Select(hit => _byName[hit.Id])];

    public static SearchDocument Document(CatalogTool tool)
    {
        var words = ToolWords.Of(tool);
        return new(tool.Name, [words.Name, words.Description, words.Parameters, words.ParameterWords]);
    }
}
