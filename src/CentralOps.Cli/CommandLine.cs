using System.CommandLine;
using CentralOps.Cli.Access;
using CentralOps.Cli.Agents;
using CentralOps.Cli.Agents.Chats;
using CentralOps.Cli.Asking;
using CentralOps.Cli.Credentials;
using CentralOps.Cli.Doctor;
using CentralOps.Cli.Gateways;
using CentralOps.Cli.Ledgers;
using CentralOps.Cli.Proxying;
using CentralOps.Cli.Running;
using CentralOps.Cli.Sandboxing;
using CentralOps.Cli.Serve;
using CentralOps.Cli.Targets;
using CentralOps.Cli.Terminal;
using CentralOps.Cli.Up;

namespace CentralOps.Cli;

/// <summary>The commands, and the one place where a failure becomes words and an exit code.</summary>
internal static class CommandLine
{
    public const string TraceVariable = "CENTRALOPS_TRACE";

    public static async Task<int> RunAsync(string[] args, Screen screen, bool trace = false)
    {
        var parsed = Parse(args, screen);
        if (parsed.Errors.Count > 0)
        {
            return WrongUsage(parsed, screen);
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = screen.Data,
            // Functions and listeners are stopped in well under a second; this is the bound when something hangs.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(15),
        };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (CommandFailedException failed)
        {
            screen.Say(failed.Message);
            return failed.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException failed)
        {
            screen.Say($"Reading or writing failed: {failed.Message}");
            return ExitCode.Refused;
        }
        catch (Exception fault)
        {
            // A person gets a sentence, never a stack trace; whoever looks for the fault asks for it.
            screen.Say($"That should not have happened: {fault.GetType().Name}, {fault.Message} (with {TraceVariable}=1 it says where).");
            if (trace)
            {
                screen.SayLines(fault.ToString());
            }

            return ExitCode.Refused;
        }
    }

    /// <summary>The command line as a command; a value may begin with '@', which here names no file of further arguments.</summary>
    private static ParseResult Parse(string[] args, Screen screen) =>
        Root(screen).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    private static int WrongUsage(ParseResult parsed, Screen screen)
    {
        if (parsed.CommandResult.Command is { Subcommands.Count: > 0 } group)
        {
            // A stranger's first try is the bare command, the second a name that there is not.
            var commands = string.Join(", ", group.Subcommands.Select(command => command.Name));
            var typed = parsed.UnmatchedTokens.Count > 0 ? $"There is no command '{parsed.UnmatchedTokens[0]}'" : "Say which command";
            screen.Say($"{typed}: there are {commands}.");
        }
        else
        {
            foreach (var error in parsed.Errors)
            {
                screen.Say(error.Message);
            }
        }

        screen.Say($"Usage: see '{HelpOf(parsed)}'.");
        return ExitCode.Usage;
    }

    private static RootCommand Root(Screen screen) =>
        new("One question, every AWS account, provably read-only.")
        {
            UpCommand.Create(screen).With(screen,
                "./centralops up",
                "./centralops up --auth iam",
                "./centralops up --aws --profile ops",
                "./centralops up --access access.yaml --record",
                "./centralops up --settings gateway.yaml",
                "./centralops up --port 9000 --state /tmp/second"),
            ServeCommand.Create(screen).With(screen,
                "./centralops serve",
                "./centralops serve --settings gateway.yaml",
                "./centralops serve --settings gateway.yaml --listen 0.0.0.0 --port 8443"),
            StatusCommand.Create(screen).With(screen,
                "./centralops status",
                "./centralops status --output json"),
            DoctorCommand.Create(screen).With(screen,
                "./centralops doctor",
                "./centralops doctor --settings gateway.yaml --state /srv/centralops",
                "./centralops doctor --account 222222222222 --output json"),
            AccountsCommand.Create(screen).With(screen,
                "./centralops accounts",
                "./centralops accounts --no-check --output json"),
            ToolsCommand.Create(screen).With(screen,
                "./centralops tools",
                "./centralops tools describe_ec2_instances"),
            CallCommand.Create(screen).With(screen,
                "./centralops call list_accounts",
                "./centralops call describe_ec2_instances --account Production --region us-east-1",
                "./centralops call describe_ec2_instances --account Production --arg limit=2 --output json",
                """./centralops call describe_ec2_instances --account Production --arg 'filters={"Name": "instance-type", "Values": ["m6i.large"]}'"""),
            ProxyCommand.Create(screen).With(screen,
                "./centralops proxy --profile ops",
                "./centralops proxy --read-only --metadata AWS_REGION=eu-central-1",
                "./centralops proxy arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/ops-a1b2c3d4e5",
                "./centralops proxy http://127.0.0.1:8080/mcp --service lambda --region us-east-1 --http 8765"),
            AskCommand.Create(screen).With(screen,
                "./centralops ask 'Which servers are stopped in Production?'",
                "./centralops ask 'Which servers are stopped in Production?' --yes",
                "./centralops ask 'Which alarms are firing in all accounts?' --output json",
                "./centralops ask 'Which alarms are firing in all accounts?' --model openai:gpt-oss@http://127.0.0.1:11434/v1"),
            ChatCommand.Create(screen).With(screen,
                "./centralops chat --model bedrock:anthropic.claude-sonnet-4-5-20250929-v1:0",
                "./centralops chat --resume"),
            AccessCommand.Create(screen).With(screen,
                "./centralops access check --as ada --group sre --tool ec2___describe_ec2_instances --account 222222222222 --rules access.yaml",
                "./centralops access explain --as local"),
            LedgerCommand.Create(screen).With(screen,
                "./centralops ledger tail",
                "./centralops ledger verify"),
            SandboxCommand.Create(screen).With(screen,
                "./centralops sandbox trail --errors",
                "./centralops sandbox fault add throttle --service ec2 --rate 2"),
            GatewayCommand.Create(screen).With(screen,
                "./centralops gateway create ops --authorizer none --search",
                "./centralops gateway list"),
            TargetCommand.Create(screen).With(screen,
                "./centralops target add lambda ec2 --lambda-arn arn:aws:lambda:us-east-1:111111111111:function:ec2 --tools tools.json",
                "./centralops target sync aws"),
            CredentialCommand.Create(screen).With(screen,
                "./centralops credential add-api-key crm --api-key-from file:crm.key",
                "./centralops credential list"),
        };

    private static string HelpOf(ParseResult parsed)
    {
        var names = new List<string> { "--help" };
        for (Command? command = parsed.CommandResult.Command; command is not (null or RootCommand); command = command.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Insert(0, command.Name);
        }

        return $"centralops {string.Join(' ', names)}";
    }
}
