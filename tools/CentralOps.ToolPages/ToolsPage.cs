using System.Text;
using System.Text.Json;
using CentralOps.Tools;

namespace CentralOps.ToolPages;

/// <summary>The page that tells a stranger what each tool answers.</summary>
internal static class ToolsPage
{
    private const string Head =
        """
        # The tools

        Nineteen tools, all of them read-only, each over one AWS account that you name, or over any number of them. Made from the tools' own declarations by
        `dotnet run --project tools/CentralOps.ToolPages`; the answers are the sandbox's, so every example runs after `./centralops up`.

        What holds for all of them:

        * **Account and region.** `account_id` takes a 12-digit id or an account's whole name. `region` is CentralOps' own where you leave it out (`us-east-1` on a
          laptop). Every answer names the account and the region that it asked; `aws-global` stands for all regions at once.
        * **Many accounts.** Every tool that takes `account_id` (but `switch_account`) also takes `accounts`, and `region` as a list or `all`: [the fleet](fleet.md) tells what the answer is then. `fields`,
          `query` (JMESPath) and `format` make something else of the items; `max_bytes` bounds the answer. [Figures, finding and handles](orchestration.md) has what spans accounts by itself.
        * **Whole or truncated.** A list goes on over all of AWS's pages up to `limit`. Where there is more, `truncated` is true, and `next_token` goes on exactly there:
          give it back with the same question. It fits no other question and nobody else, and serves an hour. Where AWS has forgotten its own page token, the list is read
          again from its beginning without what was given, and `failures` says so (`ReadAgain`).
        * **Partial answers.** What could not be read is in `failures` (`part`, `stage`, `code`, `message`, `remedy`), beside the rest. A page that fails late costs
          nothing that was read before: `part` is null then, and `next_token` goes on at that page.
        * **Refusals.** An answer with `error` says at which `stage` it was refused, and the `remedy`.
        * **Names.** Fields of resources have AWS's names; tags are a map; what AWS did not send is null.
        * **Confinement.** A tool's session in the account may do the IAM actions listed here and nothing else, whatever the role allows.

        """;

    public static async Task<string> WriteAsync(LiveTools tools, CancellationToken cancellationToken)
    {
        var declarations = ToolCatalog.Declarations;
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        page.Append("\n| tool | answers |\n|---|---|\n");
        foreach (var tool in declarations)
        {
            page.Append($"| [`{tool.Name}`](#{tool.Name}) | {Words(tool.Description)} |\n");
        }

        foreach (var tool in declarations)
        {
            var answer = await tools.AskAsync(tool.Name, tool.Example, cancellationToken);
            page.Append($"\n## {tool.Name}\n\n{Words(tool.Description)}\n\n");
            ArgumentTable.Write(tool.InputSchema, page);
            page.Append($"\n```sh\n./centralops call {tool.Name} --json '{tool.Example}'\n```\n\n");
            page.Append($"```json\n{Excerpt.Of(answer)}\n```\n\n");
            Told(tool.OutputSchema.GetProperty("anyOf")[0].GetProperty("properties"), page);
            var actions = IamStatement.ActionsOf(tool);
            var named = actions.SequenceEqual(tool.Operations.Order(StringComparer.Ordinal), StringComparer.Ordinal) ? "of the same names" : Codes(actions);
            page.Append($"Operations: {Codes(tool.Operations)}. IAM actions: {named}.\n");
        }

        return page.ToString();
    }

    /// <summary>Fields that need a word, of the resource and of the answer around it.</summary>
    private static void Told(JsonElement properties, StringBuilder page)
    {
        var lines = properties.EnumerateObject().SelectMany(static property => Fields(property.Value)).ToList();
        if (lines.Count > 0)
        {
            page.AppendJoin('\n', lines).Append("\n\n");
        }
    }

    private static IEnumerable<string> Fields(JsonElement property)
    {
        var schema = property.TryGetProperty("items", out var items) ? items : property;
        if (!schema.TryGetProperty("properties", out var fields) || fields.TryGetProperty("stage", out _))
        {
            return [];
        }

        return fields.EnumerateObject().Where(static field => field.Value.TryGetProperty("description", out _))
            .Select(static field => $"* `{field.Name}`: {field.Value.GetProperty("description").GetString()}");
    }

    private static string Words(string description) => description.Replace(" Read-only.", "", StringComparison.Ordinal);

    private static string Codes(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"`{name}`"));
}
