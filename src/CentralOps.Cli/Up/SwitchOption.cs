using System.CommandLine;
using System.CommandLine.Parsing;
using CentralOps.Gateway;

namespace CentralOps.Cli.Up;

/// <summary><c>--switch name=value</c>: the gateway's compatibility switches. docs/decisions/09-compatibility-switches.md</summary>
internal static class SwitchOption
{
    private const string Known =
        "structured_content=off|on, list_paging=one_page|per_target, tool_prefix=on|off, search_results=10 (1 to 100), search_per_minute=off|1 to 100000";

    public static Option<CompatibilitySwitches> Create() => new("--switch")
    {
        Description = $"A compatibility switch of the gateway; repeat it for more: {Known} (the first of each is the default).",
        HelpName = "name=value",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = Parse,
    };

    private static CompatibilitySwitches Parse(ArgumentResult result)
    {
        var switches = new CompatibilitySwitches();
        foreach (var token in result.Tokens)
        {
            var changed = token.Value switch
            {
                "structured_content=on" => switches with { StructuredContent = true },
                "structured_content=off" => switches with { StructuredContent = false },
                "list_paging=per_target" => switches with { ListPaging = ListPaging.PerTarget },
                "list_paging=one_page" => switches with { ListPaging = ListPaging.OnePage },
                "tool_prefix=on" => switches with { ToolPrefix = true },
                "tool_prefix=off" => switches with { ToolPrefix = false },
                _ when Number(token.Value, "search_results=") is { } results => switches with { SearchResults = results },
                "search_per_minute=off" => switches with { SearchPerMinute = null },
                _ when Number(token.Value, "search_per_minute=") is { } searches => switches with { SearchPerMinute = searches },
                _ => null,
            };
            if (changed is null)
            {
                result.AddError($"--switch: '{token.Value}' is no switch; there are {Known}.");
                return switches;
            }

            switches = changed;
        }

        return switches;
    }

    // Its range is checked with all other settings, when the gateway starts.
    private static int? Number(string text, string name) =>
        text.StartsWith(name, StringComparison.Ordinal) && int.TryParse(text.AsSpan(name.Length), System.Globalization.NumberStyles.None, provider: null, out var number) ? number : null;
}
