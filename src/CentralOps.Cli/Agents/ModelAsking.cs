using CentralOps.Agent;
using CentralOps.Agent.Budgets;
using CentralOps.Agent.Models;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Agents;

/// <summary>One question to a model.</summary>
internal static class ModelAsking
{
    public static async Task<int> AskAsync(
        ModelChoice choice, string question, Budget budget, GatewayConnection connection, OutputFormat format, Screen screen, CancellationToken cancellationToken)
    {
        using var model = OpenModel.Of(choice, ProcessEnvironment.Read, TimeProvider.System);
        var live = new LiveView(screen, shows: format == OutputFormat.Table);
        var answer = await model.Agent(new GatewayTools(connection), budget, TimeProvider.System).AskAsync(new Conversation(), question, live, cancellationToken);
        live.End();
        if (format == OutputFormat.Json)
        {
            screen.Data.WriteLine(AnswerView.Indented(AgentAnswerJson.Of(answer, choice.ToString())));
        }
        else
        {
            AgentAnswerView.Write(answer, live.ShowsWords, screen);
            screen.Say(AgentAnswerView.Cost(answer));
        }

        return AgentAnswerView.CodeOf(answer);
    }
}
