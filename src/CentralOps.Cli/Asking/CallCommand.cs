using System.CommandLine;
using System.Text.Json;
using CentralOps.Cli.Access;
using CentralOps.Cli.Ledgers;
using CentralOps.Cli.Running;
using CentralOps.Cli.Terminal;
using CentralOps.Cli.Up;
using CentralOps.Cli.Up.RealAccounts;
using CentralOps.Gateway;
using Microsoft.Extensions.Logging.Abstractions;

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
        var except = new Option<string[]>("--except") { Description = "What to leave out of the accounts that --account means; repeat it for more.", HelpName = "ACCOUNT", DefaultValueFactory = _ => [] };
        var aws = new AwsArguments();
        var gateway = CommonOptions.Gateway();
        var state = CommonOptions.State();
        var output = CommonOptions.Output();
        var command = new Command("call", "Call a tool of the running gateway. Exits 1 when the answer is a refusal.") { tool, account, except, region, pairs, json, gateway, state, output };
        aws.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(tool);
            var answer = await screen.WhileAsync($"Asking {name}", async () =>
            {
                await using var alone = aws.Of(parsed) is { } real ? await AloneAsync(real, cancellationToken) : null;
                await using var connection = alone is null
                    ? await GatewayConnection.OpenAsync(parsed.GetValue(gateway), parsed.GetValue(state), cancellationToken)
                    : await GatewayConnection.OpenAsync(new Uri(alone.State.GatewayUrl), alone.State, cancellationToken);
                var found = ToolFinder.Find(await connection.ListToolsAsync(cancellationToken), name);
                var arguments = CallArguments.Build(
                    found.InputSchema, parsed.GetValue(json), Selector(parsed.GetValue(account), parsed.GetValue(except) ?? []), parsed.GetValue(region), parsed.GetValue(pairs) ?? []);
                return await connection.CallAsync(found.Name, arguments, cancellationToken);
            });
            return Print(answer, parsed.GetValue(output), screen);
        });
        return command;
    }

    /// <summary>The account as the tools take it, with exclusions behind it.</summary>
    private static string? Selector(string? account, string[] except) =>
        except.Length == 0 ? account : string.Join(',', new[] { account ?? "all" }.Concat(except.Select(static excluded => "!" + excluded)));

    /// <summary>A gateway for one question, over real accounts: the same way as through 'up --aws', and gone when it is answered.</summary>
    private static Task<AwsSession> AloneAsync(AwsOptions options, CancellationToken cancellationToken) => AwsSession.StartAsync(
        new UpOptions(Port: 0, UpAuth.None, FunctionPer.Subject)
        {
            AccessFile = RulesArgument.Path(chosen: null),
            Access = RulesArgument.Read(chosen: null),
            Ledger = LedgerChoice.Of(isUsual: true, StateDirectory.At(chosen: null), ProcessEnvironment.Read),
        },
        options, ProcessEnvironment.Read,
        NullLoggerFactory.Instance, TimeProvider.System, static (_, work) => work(), cancellationToken);

    internal static int Print(JsonElement answer, OutputFormat format, Screen screen)
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
