namespace CentralOps.Conformance.Fixture.Tools;

/// <summary>Tools that change what the server offers, and tell whoever listens.</summary>
internal sealed class ChangeTools(Action changeTools, Action changePrompts, Listeners listeners)
{
    public IReadOnlyList<FixtureTool> All =>
    [
        FixtureTool.Of("test_trigger_tool_change", "Adds a tool, or takes it away again.", _ => Tell(changeTools, new("notifications/tools/list_changed"))),
        FixtureTool.Of("test_trigger_prompt_change", "Adds a prompt, or takes it away again.", _ => Tell(changePrompts, new("notifications/prompts/list_changed"))),
        FixtureTool.Of("test_trigger_resource_update", "Updates the watched resource.", _ => Tell(() => { }, new("notifications/resources/updated", Resources.Watched))),
    ];

    private Outcome Tell(Action change, Change told)
    {
        change();
        listeners.Tell(told);
        return Content.Of(Content.Text("Changed."));
    }
}
