using CentralOps.Sandbox.AwsMcp.Library;

namespace CentralOps.Sandbox.AwsMcp.Tools;

internal sealed class RetrieveSkill(TextLibrary skills) : McpTool
{
    public override string Name => "aws___retrieve_skill";

    protected override string Title => "Retrieve a skill";

    protected override string Description => $"Gives the steps of a task. Skills: {string.Join(", ", skills.Pages.Select(skill => skill.Name))}.";

    protected override string InputSchema => """
        {"type":"object","properties":{"skill_name":{"type":"string","description":"The skill's name.","minLength":1,"maxLength":100}},"required":["skill_name"]}
        """;

    public override ValueTask<ToolAnswer> AnswerAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var name = call.Arguments.Required("skill_name", 100);
        return new((call.Arguments.Problem, skills.Find(name)) switch
        {
            ({ } problem, _) => ToolAnswer.Refused(problem),
            (_, { } skill) => new ToolAnswer($"# {skill.Title}\n\n{skill.Text}"),
            _ => ToolAnswer.Refused($"skill_name: there is no such skill; there are {string.Join(", ", skills.Pages.Select(one => one.Name))}."),
        });
    }
}
