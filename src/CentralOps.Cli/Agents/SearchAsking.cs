using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Agent.Questions;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents;

/// <summary>A question without a model: what a search finds is shown as the command that it comes to, and run when a person says so.</summary>
internal sealed class SearchAsking(GatewayConnection connection, Screen screen)
{
    private const string Label = "No model is set (--model or CENTRALOPS_MODEL), so this is a search match, not an answer by a model.";

    public async Task<int> AskAsync(string question, bool yes, OutputFormat format, CancellationToken cancellationToken)
    {
        var match = await screen.WhileAsync("Looking for a tool", () => new QuestionMatcher(new GatewayTools(connection), TimeProvider.System).MatchAsync(question, cancellationToken));
        screen.Say(Label);
        if (match is null)
        {
            screen.Say("No tool fits these words. Everything that there is: centralops tools");
            return ExitCode.Refused;
        }

        var line = CallLine.Of(match.Tool.BareName, match.Arguments);
        if (format == OutputFormat.Table)
        {
            Show(match, line);
        }

        var runs = match.Missing.Count == 0 && await MayRunAsync(yes, format, cancellationToken);
        var answer = runs ? await CallAsync(match, cancellationToken) : (JsonElement?)null;
        if (format == OutputFormat.Json)
        {
            screen.Data.WriteLine(AnswerView.Indented(AsJson(question, match, line, answer)));
        }

        if (answer is not { } given)
        {
            return match.Missing.Count > 0 && yes ? ExitCode.Refused : ExitCode.Ok;
        }

        return format == OutputFormat.Table ? CallCommand.Print(given, format, screen) : AnswerView.RefusalOf(given) is null ? ExitCode.Ok : ExitCode.Refused;
    }

    // The command is data: it can be piped to a shell. The words about it are not.
    private void Show(SearchMatch match, string line)
    {
        screen.Say($"Search match: {match.Tool.BareName}. {match.Tool.Description}");
        foreach (var note in match.Notes)
        {
            screen.Say(note);
        }

        if (match.NotUsed.Count > 0)
        {
            screen.Say($"Not in the command, as the tool cannot be told: {string.Join("; ", match.NotUsed)}.");
        }

        if (match.Others.Count > 0)
        {
            screen.Say($"Also near: {string.Join(", ", match.Others.Select(static tool => tool.BareName))}.");
        }

        if (match.Missing.Count > 0)
        {
            screen.Say($"It cannot be run as it is; the question does not say: {string.Join(", ", match.Missing)}.");
        }

        screen.Data.WriteLine(line);
    }

    private async Task<bool> MayRunAsync(bool yes, OutputFormat format, CancellationToken cancellationToken)
    {
        if (yes)
        {
            return true;
        }

        if (format == OutputFormat.Json || screen.Answers is null)
        {
            screen.Say("Shown only. With --yes it is run.");
            return false;
        }

        return (await screen.AskAsync("Run it? [y/N] ", cancellationToken))?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    private Task<JsonElement> CallAsync(SearchMatch match, CancellationToken cancellationToken)
    {
        var arguments = JsonElement.Parse(match.Arguments.ToJsonString());
        return screen.WhileAsync(
            $"Asking {match.Tool.BareName}",
            () => connection.CallAsync(match.Tool.Name, arguments.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value, StringComparer.Ordinal), cancellationToken));
    }

    private static JsonElement AsJson(string question, SearchMatch match, string line, JsonElement? answer) => JsonElement.Parse(new JsonObject
    {
        ["question"] = question,
        ["answered_by"] = "search_match",
        ["model"] = null,
        ["tool"] = match.Tool.Name,
        ["arguments"] = match.Arguments.DeepClone(),
        ["command"] = line,
        ["missing"] = List(match.Missing),
        ["not_used"] = List(match.NotUsed),
        ["others"] = List(match.Others.Select(static tool => tool.Name)),
        ["notes"] = List(match.Notes),
        ["ran"] = answer is not null,
        ["answer"] = answer is { } given ? JsonNode.Parse(given.GetRawText()) : null,
    }.ToJsonString());

    private static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(static text => (JsonNode)text)];
}
