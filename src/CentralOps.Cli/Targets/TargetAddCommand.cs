using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Gateways;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Targets;

/// <summary><c>centralops target add lambda | mcp | mcp-wrapper</c>, or any kind by the API's JSON.</summary>
internal static class TargetAddCommand
{
    public static Command Create(Screen screen)
    {
        var add = Adding(new Command("add", "Add a target and wait until it is ready: a Lambda function, an MCP server, or any kind by the API's JSON."), screen, takesJson: true, (_, _) => { }, (input, _, _, _) =>
            input.Count == 0
                ? throw new CommandFailedException("Say what to add: 'centralops target add lambda NAME …', 'centralops target add mcp NAME …', or the API's JSON with --cli-input-json.", ExitCode.Usage)
                : Task.CompletedTask);
        add.Add(Lambda(screen).With(screen, "./centralops target add lambda ec2 --lambda-arn arn:aws:lambda:us-east-1:111111111111:function:ec2 --tools tools.json"));
        add.Add(Wrapper(screen).With(screen, "./centralops target add mcp-wrapper aws --lambda-arn arn:aws:lambda:us-east-1:111111111111:function:central-ops-mcp-wrapper"));
        add.Add(Mcp(screen).With(screen,
            "./centralops target add mcp docs --url https://docs.example.com/mcp",
            "./centralops target add mcp aws --url https://aws-mcp.us-east-1.api.aws/mcp --iam-service aws-mcp --region us-east-1",
            "./centralops target add mcp crm --url https://crm.example.com/mcp --api-key crm --header X-Api-Key"));
        return add;
    }

    private static Command Lambda(Screen screen)
    {
        var name = Name();
        var function = new Option<string>("--lambda-arn") { Description = "The function.", HelpName = "ARN", Required = true };
        var tools = new Option<string>("--tools") { Description = "Its tools: a JSON file, - for stdin, or an s3:// address.", HelpName = "FILE|-|s3://…", Required = true };
        var description = Description();
        return Adding(new Command("lambda", "A Lambda function, called with the gateway's role.") { name, function, tools, description }, screen, takesJson: false, (_, _) => { }, async (input, _, parsed, cancellationToken) =>
        {
            input.Put("name", parsed.GetValue(name));
            input.Put("description", parsed.GetValue(description));
            input.Put("targetConfiguration.mcp.lambda.lambdaArn", parsed.GetValue(function));
            input.Put("targetConfiguration.mcp.lambda.toolSchema", await ToolSchemaInput.ReadAsync(parsed.GetValue(tools), cancellationToken));
            input["credentialProviderConfigurations"] = new JsonArray(new JsonObject { ["credentialProviderType"] = "GATEWAY_IAM_ROLE" });
        });
    }

    private static Command Wrapper(Screen screen)
    {
        var name = Name();
        var function = new Option<string>("--lambda-arn") { Description = "The function: CentralOps' own, with the handler mcp_wrapper.", HelpName = "ARN", Required = true };
        var description = Description();
        var command = new Command("mcp-wrapper", "The MCP wrapper function as a Lambda target; its tools are asked for, and kept in step by 'target sync'.") { name, function, description };
        return Adding(command, screen, takesJson: false, (_, _) => { }, async (input, session, parsed, cancellationToken) =>
        {
            var arn = parsed.GetRequiredValue(function);
            input.Put("name", parsed.GetValue(name));
            input.Put("description", parsed.GetValue(description));
            input.Put("targetConfiguration.mcp.lambda.lambdaArn", arn);
            input.Put("targetConfiguration.mcp.lambda.toolSchema", await screen.WhileAsync("Asking the wrapper for its tools", () => WrapperCatalog.ReadAsync(session, arn, screen, cancellationToken)));
            input["credentialProviderConfigurations"] = new JsonArray(new JsonObject { ["credentialProviderType"] = "GATEWAY_IAM_ROLE" });
        });
    }

    private static Command Mcp(Screen screen)
    {
        var name = Name();
        var url = new Option<string>("--url") { Description = "The server's MCP endpoint, used as it is written.", HelpName = "URL", Required = true };
        var dynamic = new Option<bool>("--dynamic") { Description = "Ask the server at every listing, instead of keeping its catalogue." };
        var headers = GatewayMembers.Several("--allow-request-header", "A header of the caller that the server gets too; repeat it for more.", "NAME");
        var description = Description();
        OutboundArguments outbound = null!;
        return Adding(new Command("mcp", "An MCP server.") { name, url, dynamic, headers, description }, screen, takesJson: false, (command, arguments) => (outbound = new OutboundArguments(arguments.Region)).AddTo(command), async (input, session, parsed, cancellationToken) =>
        {
            input.Put("name", parsed.GetValue(name));
            input.Put("description", parsed.GetValue(description));
            input.Put("targetConfiguration.mcp.mcpServer.endpoint", parsed.GetValue(url));
            input.Put("targetConfiguration.mcp.mcpServer.listingMode", parsed.GetValue(dynamic) ? "DYNAMIC" : null);
            input.Put("metadataConfiguration.allowedRequestHeaders", parsed.GetValue(headers));
            input.Put("credentialProviderConfigurations", await outbound.ReadAsync(session, parsed, cancellationToken));
        });
    }

    private static Command Adding(
        Command command, Screen screen, bool takesJson, Action<Command, ControlArguments> extend, Func<JsonObject, ControlSession, ParseResult, CancellationToken, Task> fill)
    {
        var (gateway, noWait) = (TargetFinder.Gateway(), Settling.NoWait());
        command.Options.Add(gateway);
        command.Options.Add(noWait);
        var arguments = new ControlArguments();
        arguments.AddTo(command, takesJson);
        extend(command, arguments);
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var input = takesJson ? await arguments.InputAsync(parsed, cancellationToken) : [];
            await fill(input, session, parsed, cancellationToken);
            var typed = parsed.GetValue(gateway);
            var id = typed is null && input.Text("gatewayIdentifier") is { Length: > 0 } given ? given : await GatewayFinder.IdAsync(session, typed, cancellationToken);
            input["gatewayIdentifier"] = id;
            var begun = await session.CallAsync("CreateGatewayTarget", input, cancellationToken);
            return await TargetCommand.ShowAsync(screen, session, id, begun, parsed.GetValue(noWait), arguments.Output(parsed), cancellationToken);
        });
        return command;
    }

    private static Argument<string> Name() => new("name") { Description = "The target's name: letters, digits and single hyphens. Its tools are called NAME___tool." };

    private static Option<string?> Description() => new("--description") { Description = "What it is for, up to 200 characters.", HelpName = "TEXT" };
}
