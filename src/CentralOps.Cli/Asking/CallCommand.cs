using System.CommandLine;
using System.Text.Json;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Asking;

/// <summary><c>centralops call TOOL</c>: one question to the running gateway.</summary>
internal static class CallCommand
{
    public static Command Create(Screen screen)
    {
        var tool = new Argument<string>("tool") { Description = "The tool's name, such as describe_ec2_instances." };
        var account = new Option<string?>("--account", "-a") { Description = "Account id or name (the argument account_id).", HelpName = "ACCOUNT" };
        var region = new Option<string?>("--region", "-r") { Description = "AWS region, such as us-east-1.", HelpName = "REGION" };
        var pairs = new Option<string[]>("--arg") { Description = "Another argument; repeat it for more, and for the items of a list.", HelpName = "name=value", DefaultValueFactory = _ => [] };
        var json = new Option<string?>("--json") { Description = "Arguments as a JSON object; the other options are put over it.", HelpName = "{…}" };
        var gateway = CommonOptions.Gateway();
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("call", "Call a tool of the running gateway. Exits 1 when the answer is a refusal.") { tool, account, region, pairs, json, gateway, state, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(tool);
            var answer = await screen.WhileAsync($"Asking {name}", async () =>
            {
                await using var connection = await GatewayConnection.OpenAsync(parsed.GetValue(gateway), parsed.GetValue(state), cancellationToken);
                var found = ToolFinder.Find(await connection.ListToolsAsync(cancellationToken), name);
                var arguments = CallArguments.Build(
                    found.InputSchema, parsed.GetValue(json), parsed.GetValue(account), parsed.GetValue(region), parsed.GetValue(pairs) ?? []);
                return await connection.CallAsync(found.Name, arguments, cancellationToken);
            });
            return Print(answer, parsed.GetValue(output), screen);
        });
        return command;
    }

    private static int Print(JsonElement answer, OutputFormat format, Screen screen)
    {
        if (format == OutputFormat.Json)
        {
            screen.Data.WriteLine(AnswerView.Indented(answer));
        }

        if (AnswerView.RefusalOf(answer) is { } refusal)
        {
            AnswerView.ShowRefusal(refusal, screen);
            return ExitCode.Refused;
        }

        if (format == OutputFormat.Table)
        {
            AnswerView.Show(answer, screen);
        }

        return ExitCode.Ok;
    }
}
