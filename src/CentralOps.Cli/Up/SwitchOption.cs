using System.CommandLine;
using System.CommandLine.Parsing;
using CentralOps.Gateway;
using CentralOps.Gateway.Settings;

namespace CentralOps.Cli.Up;

/// <summary><c>--switch name=value</c>: compatibility switches. docs/decisions/09-compatibility-switches.md and 19</summary>
internal static class SwitchOption
{
    public static Option<IReadOnlyList<string>> Create() => new("--switch")
    {
        Description = $"A compatibility switch; repeat it for more (the first value of each is the default): {SwitchTable.Known}.",
        HelpName = "name=value",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = Parse,
        DefaultValueFactory = static _ => [],
    };

    /// <summary>What the command line says goes over what the file says.</summary>
    public static GatewaySettings Over(GatewaySettings settings, IReadOnlyList<string>? switches) => settings with
    {
        Switches = (switches ?? []).Aggregate(settings.Switches, static (set, text) => Apply(set, text, out _) ?? set),
    };

    private static IReadOnlyList<string> Parse(ArgumentResult result)
    {
        foreach (var token in result.Tokens)
        {
            if (Apply(new SwitchSet(), token.Value, out var problem) is null)
            {
                result.AddError($"--switch: '{token.Value}': {problem}.");
                return [];
            }
        }

        return [.. result.Tokens.Select(static token => token.Value)];
    }

    private static SwitchSet? Apply(SwitchSet set, string text, out string problem)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            problem = "write it as in structured_content=on";
            return null;
        }

        return SwitchTable.TryApply(set, text[..equals], text[(equals + 1)..], out var switches, out problem) ? switches : null;
    }
}
