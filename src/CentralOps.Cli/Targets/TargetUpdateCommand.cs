using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Gateways;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Targets;

/// <summary><c>centralops target update TARGET</c>: what is there, with what was typed over it.</summary>
internal static class TargetUpdateCommand
{
    public static Command Create(Screen screen)
    {
        var (target, gateway, noWait) = (TargetFinder.Named(), TargetFinder.Gateway(), Settling.NoWait());
        var rename = new Option<string?>("--name") { Description = "A new name; its tools are called by it from then on.", HelpName = "NAME" };
        var description = new Option<string?>("--description") { Description = "What it is for.", HelpName = "TEXT" };
        var function = new Option<string?>("--lambda-arn") { Description = "Another function (of a Lambda target).", HelpName = "ARN" };
        var tools = new Option<string?>("--tools") { Description = "Other tools (of a Lambda target).", HelpName = "FILE|-|s3://…" };
        var url = new Option<string?>("--url") { Description = "Another endpoint (of an MCP server).", HelpName = "URL" };
        var remove = GatewayMembers.Several("--remove", "A member to take away, by its path in the API's JSON; repeat it for more.", "PATH");
        var arguments = new ControlArguments();
        var outbound = new OutboundArguments(arguments.Region);
        var command = arguments.AddTo(
            new Command("update", "Change a target; what is not named stays as it is.") { target, gateway, rename, description, function, tools, url, remove, noWait }, takesJson: true);
        outbound.AddTo(command);
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var changes = await arguments.InputAsync(parsed, cancellationToken);
            var id = await GatewayFinder.IdAsync(session, parsed.GetValue(gateway), cancellationToken);
            var found = await TargetFinder.FindAsync(session, id, parsed.GetRequiredValue(target), cancellationToken);
            var key = TargetFinder.Key(id, found.Text("targetId"));
            var input = Members.FittingUpdate(await session.CallAsync("GetGatewayTarget", key, cancellationToken), "UpdateGatewayTarget");
            input.Over(changes);
            input.Put("name", parsed.GetValue(rename));
            input.Put("description", parsed.GetValue(description));
            OfKind(input, "lambda", "--lambda-arn", "lambdaArn", parsed.GetValue(function));
            OfKind(input, "lambda", "--tools", "toolSchema", await ToolSchemaInput.ReadAsync(parsed.GetValue(tools), cancellationToken));
            OfKind(input, "mcpServer", "--url", "endpoint", parsed.GetValue(url));
            input.Put("credentialProviderConfigurations", await outbound.ReadAsync(session, parsed, cancellationToken));
            input.Remove(parsed.GetValue(remove) ?? []);
            input.Over(key);
            var begun = await session.CallAsync("UpdateGatewayTarget", input, cancellationToken);
            return await TargetCommand.ShowAsync(screen, session, id, begun, parsed.GetValue(noWait), arguments.Output(parsed), cancellationToken);
        });
        return command;
    }

    private static void OfKind(JsonObject input, string kind, string option, string member, JsonNode? value)
    {
        if (value is null)
        {
            return;
        }

        if (input["targetConfiguration"]?["mcp"]?[kind] is not JsonObject configuration)
        {
            throw new CommandFailedException($"{option} is for targets of the kind {kind}, and this one is of another: change it with --cli-input-json.", ExitCode.Usage);
        }

        configuration[member] = value;
    }
}
