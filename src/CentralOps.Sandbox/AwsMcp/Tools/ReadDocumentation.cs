using CentralOps.Sandbox.AwsMcp.Library;

namespace CentralOps.Sandbox.AwsMcp.Tools;

internal sealed class ReadDocumentation(TextLibrary pages) : McpTool
{
    public override string Name => "aws___read_documentation";

    protected override string Title => "Read documentation";

    protected override string Description => "Reads a page of the sandbox's documentation by the address that aws___search_documentation gave.";

    protected override string InputSchema => """
        {"type":"object","properties":{"url":{"type":"string","description":"The page's address.","minLength":1,"maxLength":500}},"required":["url"]}
        """;

    public override ValueTask<ToolAnswer> AnswerAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var url = call.Arguments.Required("url", 500);
        return new((call.Arguments.Problem, pages.Find(url)) switch
        {
            ({ } problem, _) => ToolAnswer.Refused(problem),
            (_, { } page) => new ToolAnswer($"# {page.Title}\n\n{page.Text}"),
            _ => ToolAnswer.Refused("url: there is no such page; aws___search_documentation gives the addresses."),
        });
    }
}
