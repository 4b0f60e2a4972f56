using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Gateways;

/// <summary><c>centralops gateway create NAME</c>.</summary>
internal static class GatewayCreateCommand
{
    /// <summary>The API wants a role. Our own gateway takes none on, so there a person need not have one.</summary>
    private const string UnusedRole = "arn:aws:iam::000000000000:role/centralops-gateway";

    private enum Authorizer
    {
        Iam,
        None,
        Jwt,
    }

    public static Command Create(Screen screen)
    {
        var name = new Argument<string?>("name") { Description = "The gateway's name: letters, digits and single hyphens.", Arity = ArgumentArity.ZeroOrOne };
        var authorizer = Choice.Option("--authorizer", Authorizer.Iam, "Who may call it: who signs, anybody, or who has a token.");
        var search = new Option<bool>("--search") { Description = "Offer the tool that searches tools; it can be chosen only now." };
        var versions = GatewayMembers.Several("--supported-version", "An MCP version that it speaks; repeat it for more.", "DATE");
        var members = new GatewayMembers();
        var noWait = Settling.NoWait();
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("create", "Make a gateway, and wait until it is ready.") { name, authorizer, search, versions, noWait }, takesJson: true);
        members.AddTo(command);
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var input = await arguments.InputAsync(parsed, cancellationToken);
            var chosen = parsed.GetResult(authorizer) is { Implicit: false } || !input.ContainsKey("authorizerType");
            input.Put("name", parsed.GetValue(name));
            input.Put("authorizerType", chosen ? TypeOf(parsed.GetValue(authorizer)) : null);
            input.Put("protocolConfiguration.mcp.searchType", parsed.GetValue(search) ? "SEMANTIC" : null);
            input.Put("protocolConfiguration.mcp.supportedVersions", parsed.GetValue(versions));
            members.Put(parsed, input);
            Complete(input, session, arguments.HasInput(parsed));
            var made = await session.CallAsync("CreateGateway", input, cancellationToken);
            return await ShowAsync(screen, session, made, parsed.GetValue(noWait), arguments.Output(parsed), cancellationToken);
        });
        return command;
    }

    /// <summary>What was begun, when it has ended.</summary>
    internal static async Task<int> ShowAsync(Screen screen, ControlSession session, JsonObject begun, bool noWait, OutputFormat format, CancellationToken cancellationToken)
    {
        var key = GatewayFinder.Key(begun.Text("gatewayId"));
        var ended = noWait ? begun : await Settling.WaitAsync(screen, session, $"{begun.Text("name")}: {begun.Text("status")}", "GetGateway", key, cancellationToken);
        if (ended is null)
        {
            screen.Say($"{begun.Text("name")} was deleted meanwhile.");
            return ExitCode.Refused;
        }

        return Settling.Show(ended, format, screen);
    }

    private static string TypeOf(Authorizer authorizer) => authorizer switch
    {
        Authorizer.None => "NONE",
        Authorizer.Jwt => "CUSTOM_JWT",
        _ => "AWS_IAM",
    };

    private static void Complete(JsonObject input, ControlSession session, bool isWhole)
    {
        if (!input.ContainsKey("name"))
        {
            throw new CommandFailedException("A gateway needs a name: 'centralops gateway create NAME', or name in --cli-input-json.", ExitCode.Usage);
        }

        var (type, hasRules) = (input.Text("authorizerType"), input.ContainsKey("authorizerConfiguration"));
        if (type is "CUSTOM_JWT" && input.Text("authorizerConfiguration.customJWTAuthorizer.discoveryUrl").Length == 0)
        {
            throw new CommandFailedException("--authorizer jwt needs the identity provider: give --discovery-url https://…/.well-known/openid-configuration.", ExitCode.Usage);
        }

        if (type is not "CUSTOM_JWT" && hasRules)
        {
            throw new CommandFailedException("--discovery-url and --allowed-… are rules for tokens: give --authorizer jwt with them.", ExitCode.Usage);
        }

        if (!isWhole)
        {
            input.Put("protocolType", "MCP");
        }

        if (input.ContainsKey("roleArn"))
        {
            return;
        }

        input["roleArn"] = session.IsAws
            ? throw new CommandFailedException("In AWS a gateway needs the role that it takes on: give --role-arn ARN.", ExitCode.Usage)
            : UnusedRole;
    }
}
