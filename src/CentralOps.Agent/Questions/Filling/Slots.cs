using System.Text.Json.Nodes;
using CentralOps.Agent.Toolbox;

namespace CentralOps.Agent.Questions.Filling;

/// <summary>The arguments of one call as they are filled; a name that the tool does not take is left out, and told.</summary>
internal sealed class Slots(AgentTool tool)
{
    private readonly List<string> _notUsed = [];

    public AgentTool Tool => tool;

    public JsonObject Arguments { get; } = [];

    /// <summary>What the question says and the tool cannot be told.</summary>
    public IReadOnlyList<string> NotUsed => _notUsed;

    public void Set(string name, JsonNode? value)
    {
        if (value is null or JsonArray { Count: 0 })
        {
            return;
        }

        if (tool.Takes(name))
        {
            Arguments[name] = value;
        }
    }

    public void Set(string name, IReadOnlyList<string> values) => Set(name, List(values));

    /// <summary>One value, or several with commas between.</summary>
    public void SetOneOrMany(string name, IReadOnlyList<string> values)
    {
        if (values.Count > 1 && !tool.TakesSeveral(name))
        {
            Miss($"only one {name} at a time, so not {string.Join(", ", values)}");
        }
        else if (values.Count > 0)
        {
            Set(name, string.Join(',', values));
        }
    }

    public void Miss(string what) => _notUsed.Add(what);

    private static JsonArray List(IEnumerable<string> values) => [.. values.Select(static value => (JsonNode)value)];
}
