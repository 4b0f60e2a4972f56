using CentralOps.Sandbox.AwsMcp.Library;

namespace CentralOps.Sandbox.AwsMcp.Tools;

internal sealed class SearchDocumentation(TextLibrary pages) : McpTool
{
    public override string Name => "aws___search_documentation";

    protected override string Title => "Search documentation";

    protected override string Description =>
        "Searches the sandbox's documentation of AWS services. Answers with titles and addresses, best first; read a page with aws___read_documentation.";

    protected override string InputSchema => """
        {"type":"object","properties":{"search_phrase":{"type":"string","description":"Words to look for.","minLength":1,"maxLength":500},"limit":{"type":"integer","description":"The most results.","minimum":1,"maximum":20,"default":5}},"required":["search_phrase"]}
        """;

    public override ValueTask<ToolAnswer> AnswerAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var phrase = call.Arguments.Required("search_phrase", 500);
        var limit = call.Arguments.Number("limit", 5, 1, 20);
        return new(call.Arguments.Problem is { } problem ? ToolAnswer.Refused(problem) : ToolAnswer.Of(json =>
        {
            json.WriteStartArray("results");
            foreach (var page in pages.Search(phrase, limit))
            {
                json.WriteStartObject();
                json.WriteString("title", page.Title);
                json.WriteString("url", page.Name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
    }
}
