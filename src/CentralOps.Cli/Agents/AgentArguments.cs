using System.CommandLine;
using CentralOps.Agent.Budgets;
using CentralOps.Agent.Models;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents;

/// <summary>The options of a command that asks a model: which one, which way, and what it may cost.</summary>
internal sealed class AgentArguments
{
    public const string ModelVariable = "CENTRALOPS_MODEL";

    private static readonly Budget Usual = new();

    private readonly Option<string?> _model = new("--model", "-m")
    {
        Description = $"bedrock:<id>, anthropic:<id> or openai:<id>@<url> (default: {ModelVariable}).",
        HelpName = "MODEL",
    };

    private readonly Option<Via> _via = Choice.Option("--via", Via.Gateway, "The way to AWS.");
    private readonly Option<int?> _turns = new("--max-turns") { Description = $"Turns of the model for one question. [default: {Usual.Turns}]", HelpName = "N" };
    private readonly Option<long?> _tokens = new("--max-tokens") { Description = $"Tokens of all turns together. [default: {Usual.Tokens}]", HelpName = "N" };
    private readonly Option<int?> _calls = new("--max-calls") { Description = $"Tool calls for one question. [default: {Usual.Calls}]", HelpName = "N" };
    private readonly Option<TimeSpan?> _time = Duration.Option("--max-time", $"Time for one question. [default: {Usual.Time.TotalMinutes}m]");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _model, _via, _turns, _tokens, _calls, _time })
        {
            command.Options.Add(option);
        }
    }

    /// <returns>Null where neither the command line nor the environment names one.</returns>
    public ModelChoice? Model(ParseResult parsed, Func<string, string?> variable)
    {
        var (text, source) = parsed.GetValue(_model) is { } given ? (given, "--model") : (variable(ModelVariable), ModelVariable);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return ModelChoice.TryParse(text, out var choice, out var problem) ? choice : throw new CommandFailedException($"{source}: {problem}", ExitCode.Usage);
    }

    /// <summary>Refuses the ways that are not built in.</summary>
    public void CheckVia(ParseResult parsed)
    {
        if (parsed.GetValue(_via) is not Via.Gateway and var via)
        {
            throw new CommandFailedException($"--via {via.ToString().ToLowerInvariant()}: this version cannot ask that way yet; --via gateway asks through the running gateway.", ExitCode.Usage);
        }
    }

    public Budget Budget(ParseResult parsed)
    {
        try
        {
            return new Budget
            {
                Turns = parsed.GetValue(_turns) ?? Usual.Turns,
                Tokens = parsed.GetValue(_tokens) ?? Usual.Tokens,
                Calls = parsed.GetValue(_calls) ?? Usual.Calls,
                Time = parsed.GetValue(_time) ?? Usual.Time,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new CommandFailedException("A budget is out of its range: --max-turns 1 to 100, --max-tokens 1000 to 100000000, --max-calls 1 to 1000, --max-time 1s to 1h.", ExitCode.Usage);
        }
    }
}
