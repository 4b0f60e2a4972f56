using System.Text.Json.Nodes;

namespace CentralOps.Conformance.Fixture.Tools;

/// <summary>All tools, in the order in which they are listed.</summary>
internal sealed class ToolBox
{
    private static readonly FixtureTool Added = FixtureTool.Of("test_added_tool", "A tool that comes and goes.", _ => Content.Of(Content.Text("Still here.")));

    private readonly IReadOnlyList<FixtureTool> _tools;
    private bool _another;

    public ToolBox(Prompts prompts, Listeners listeners)
    {
        var changes = new ChangeTools(Change, prompts.Change, listeners);
        _tools = [.. ContentTools.All, .. NotifyingTools.All, .. AskingTools.All, .. new RoundTools(new RequestState()).All, .. SchemaTools.All, .. changes.All];
    }

    public JsonObject List() => new() { ["tools"] = new JsonArray([.. Listed.Select(tool => tool.Listed())]) };

    public FixtureTool? Find(string? name) => Listed.FirstOrDefault(tool => tool.Name == name);

    private IEnumerable<FixtureTool> Listed => _another ? _tools.Append(Added) : _tools;

    private void Change() => _another = !_another;
}
