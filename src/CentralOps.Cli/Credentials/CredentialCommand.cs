using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Credentials;

/// <summary><c>centralops credential</c>: what gateways show to the servers behind them.</summary>
internal static class CredentialCommand
{
    public static Command Create(Screen screen) =>
        new("credential", "Keep, see, change and delete OAuth clients and API keys that gateways use. No command shows a secret.")
        {
            CredentialAddCommands.OAuth(screen).With(screen,
                "./centralops credential add-oauth idp --discovery-url https://idp.example.com/.well-known/openid-configuration --client-id ops --client-secret-from env:IDP_SECRET",
                "pass show idp | ./centralops credential add-oauth idp --discovery-url https://idp.example.com/.well-known/openid-configuration --client-id ops --client-secret-from stdin"),
            CredentialAddCommands.ApiKey(screen).With(screen, "./centralops credential add-api-key crm --api-key-from file:crm.key"),
            List(screen).With(screen, "./centralops credential list", "./centralops credential list --output json"),
            Get(screen).With(screen, "./centralops credential get idp"),
            CredentialUpdateCommand.Create(screen).With(screen,
                "./centralops credential update idp --client-secret-from env:IDP_SECRET",
                "./centralops credential update crm --api-key-from stdin"),
            Delete(screen).With(screen, "./centralops credential delete crm"),
        };

    internal static Argument<string> Named() => new("name") { Description = "The provider's name: letters, digits, hyphens and underscores." };

    private static Command List(Screen screen)
    {
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("list", "List credential providers of both kinds, all pages."));
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var all = new List<JsonObject>();
            foreach (var kind in CredentialKind.All)
            {
                await foreach (var provider in session.AllAsync($"List{kind.Shape}s", [], "credentialProviders", cancellationToken))
                {
                    if (arguments.Output(parsed) == OutputFormat.Table)
                    {
                        provider["type"] = kind.Title;
                    }

                    all.Add(provider);
                }
            }

            ControlView.List(
                "credentialProviders", all, arguments.Output(parsed), screen,
                ("name", new Column("NAME")), ("type", new Column("TYPE", 1)), ("credentialProviderVendor", new Column("VENDOR", 2)), ("credentialProviderArn", new Column("ARN", 3, Whole: true)));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Get(Screen screen)
    {
        var (name, type) = (Named(), CredentialKind.Option());
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("get", "Show a credential provider, without its secret.") { name, type });
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var (_, found) = await CredentialKind.FindAsync(session, parsed.GetRequiredValue(name), parsed.GetValue(type), cancellationToken);
            ControlView.Show(found, arguments.Output(parsed), screen);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Delete(Screen screen)
    {
        var (name, type) = (Named(), CredentialKind.Option());
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("delete", "Delete a credential provider and its secret.") { name, type });
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var (kind, found) = await CredentialKind.FindAsync(session, parsed.GetRequiredValue(name), parsed.GetValue(type), cancellationToken);
            await session.CallAsync($"Delete{kind.Shape}", new JsonObject { ["name"] = found.Text("name") }, cancellationToken);
            screen.Say("Deleted.");
            return ExitCode.Ok;
        });
        return command;
    }
}
