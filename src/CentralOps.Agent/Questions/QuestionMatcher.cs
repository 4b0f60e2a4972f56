using CentralOps.Agent.Questions.Accounts;
using CentralOps.Agent.Questions.Filling;
using CentralOps.Agent.Toolbox;
using CentralOps.Text.Search;

namespace CentralOps.Agent.Questions;

/// <summary>Finds the tool and the arguments that a question comes to, without a model. Safe for concurrent use.</summary>
public sealed class QuestionMatcher(IAgentTools tools, TimeProvider time)
{
    private const int MostOthers = 3;

    /// <summary>What the gateway itself adds; it is no answer to a question.</summary>
    private const string SearchTool = "x_amz_bedrock_agentcore_search";

    private readonly AccountList _accounts = new(tools);

    /// <param name="question">As a person asked it; 2,000 characters of it are read.</param>
    /// <returns>Null where no tool fits.</returns>
    /// <exception cref="ToolsUnreachableException">Whoever serves the tools does not answer.</exception>
    public async Task<SearchMatch?> MatchAsync(string question, CancellationToken cancellationToken)
    {
        // 1. What is there: tools that only read, and the accounts' names.
        var listed = (await tools.ListAsync(cancellationToken)).Where(static tool => !tool.SaysItWrites && tool.Name is not SearchTool).ToList();
        var known = await _accounts.ReadAsync(listed, cancellationToken);

        // 2. What the question says.
        var reading = Reading.Of(question, known.Accounts, time.GetUtcNow());

        // 3. The tools that fit, what its words and slots speak for before what a search finds.
        var found = await FindAsync(reading, listed, cancellationToken);
        if (found.Count == 0)
        {
            return null;
        }

        // 4. The arguments of the best.
        var slots = ArgumentFilling.Of(found[0], reading);
        return new SearchMatch(found[0], slots.Arguments, [.. MissingOf(slots)], slots.NotUsed, [.. found.Skip(1).Take(MostOthers)], known.Problem is { } problem ? [problem] : []);
    }

    private async Task<IReadOnlyList<AgentTool>> FindAsync(Reading reading, List<AgentTool> listed, CancellationToken cancellationToken)
    {
        var chosen = ToolChoice.Of(reading);
        var words = reading.SearchWords.Length > 0 ? reading.SearchWords : reading.Question.Text;
        var found = await tools.SearchAsync(words, cancellationToken) ?? Rank(listed, words);
        var callable = found.Select(hit => listed.Find(tool => string.Equals(tool.Name, hit.Name, StringComparison.Ordinal))).OfType<AgentTool>();
        var spoken = listed.Where(tool => string.Equals(tool.BareName, chosen, StringComparison.Ordinal));
        return [.. spoken.Concat(callable).DistinctBy(static tool => tool.Name, StringComparer.Ordinal)];
    }

    // Where nobody searches for us.
    private static IReadOnlyList<AgentTool> Rank(List<AgentTool> listed, string words)
    {
        var rules = new SearchRules { Fields = [new(4f, 0.4f), new(2f, 0.6f)] };
        var index = SearchIndex.Build(listed.DistinctBy(static tool => tool.Name, StringComparer.Ordinal).Select(static tool => new SearchDocument(tool.Name, [tool.BareName, tool.Description])), rules);
        return [.. index.Search(words, 10).Select(hit => listed.First(tool => string.Equals(tool.Name, hit.Id, StringComparison.Ordinal)))];
    }

    private static IEnumerable<string> MissingOf(Slots slots)
    {
        foreach (var name in slots.Tool.Required.Where(name => !slots.Arguments.ContainsKey(name)))
        {
            yield return name;
        }

        if (slots.Tool.Takes("accounts") && slots.Tool.Takes("account_id") && !slots.Arguments.ContainsKey("accounts") && !slots.Arguments.ContainsKey("account_id"))
        {
            yield return "account_id";
        }
    }
}
