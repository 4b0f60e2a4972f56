using System.Text.Json;
using CentralOps.Text.Shaping;
using Microsoft.Extensions.AI;

namespace CentralOps.Agent.Toolbox;

/// <summary>The tools that a model is shown: the one that searches, and what was found. Everything else stays out of its context. Not for two threads at once.</summary>
internal sealed class ToolShelf(IAgentTools tools)
{
    public const string SearchName = "search_tools";

    private const string GatewaySearch = "x_amz_bedrock_agentcore_search";

    /// <summary>Where nobody searches for us, so many tools are simply shown.</summary>
    private const int MostShown = 24;

    private const int MostFirst = 5;
    private const int MostDescription = 1024;

    private static readonly JsonElement SearchSchema = JsonElement.Parse(
        """{"type": "object", "properties": {"query": {"type": "string", "description": "What you want to look up, in a few words, such as: firewall rules of an instance."}}, "required": ["query"]}""");

    private readonly List<AgentTool> _shown = [];
    private IReadOnlyList<AgentTool> _listed = [];

    /// <summary>Found tools that the model is shown, the latest last.</summary>
    public IReadOnlyList<AgentTool> Shown => _shown;

    /// <summary>Puts there what a question begins with: what its own words find, and the list of accounts.</summary>
    /// <exception cref="ToolsUnreachableException">Whoever serves the tools does not answer.</exception>
    public async Task OpenAsync(string question, CancellationToken cancellationToken)
    {
        _listed = [.. (await tools.ListAsync(cancellationToken)).Where(static tool => tool.Name is not (GatewaySearch or SearchName) && !tool.SaysItWrites)];
        var found = await tools.SearchAsync(question, cancellationToken);
        Show(_listed.Where(static tool => tool.BareName is "list_accounts"));
        Show((found?.Take(MostFirst) ?? _listed.Take(MostShown)).Where(Offered));
    }

    /// <summary>Finds more, and shows them.</summary>
    /// <returns>What was found; those that write are not.</returns>
    public async Task<IReadOnlyList<AgentTool>> SearchAsync(string query, CancellationToken cancellationToken)
    {
        var found = await tools.SearchAsync(query, cancellationToken) ?? _listed;
        var offered = found.Where(Offered).Take(MostFirst * 2).ToList();
        Show(offered);
        return offered;
    }

    /// <summary>The tool of that name; null for one that the model was not shown.</summary>
    public AgentTool? Find(string name) => _shown.Find(tool => string.Equals(tool.Name, name, StringComparison.Ordinal));

    /// <summary>As a model takes them. Descriptions were written by others: they are brought onto one line and bounded.</summary>
    public IList<AITool> Declarations() =>
    [
        AIFunctionFactory.CreateDeclaration(SearchName, "Find tools that look something up in AWS. What is found can be called from then on.", SearchSchema),
        .. _shown.Select(static tool => AIFunctionFactory.CreateDeclaration(tool.Name, ForeignText.Line(tool.Description, MostDescription), tool.InputSchema)),
    ];

    // Only what is listed for this caller, and only what does not say that it writes.
    private bool Offered(AgentTool tool) => _listed.Any(listed => string.Equals(listed.Name, tool.Name, StringComparison.Ordinal));

    private void Show(IEnumerable<AgentTool> found)
    {
        foreach (var tool in found.ToList())
        {
            _shown.RemoveAll(shown => string.Equals(shown.Name, tool.Name, StringComparison.Ordinal));
            _shown.Add(tool);
        }

        if (_shown.Count > MostShown)
        {
            _shown.RemoveRange(0, _shown.Count - MostShown);
        }
    }
}
