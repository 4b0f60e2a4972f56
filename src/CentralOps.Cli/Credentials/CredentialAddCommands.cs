using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Credentials;

/// <summary><c>centralops credential add-oauth | add-api-key NAME</c>.</summary>
internal static class CredentialAddCommands
{
    public static Command OAuth(Screen screen)
    {
        var members = new OAuthMembers();
        var command = Adding(
            new Command("add-oauth", "Keep an OAuth client, with which gateways get tokens."), "CreateOauth2CredentialProvider", screen, async (input, parsed, cancellationToken) =>
            {
                await members.PutAsync(parsed, input, cancellationToken);
                if (!input.ContainsKey("credentialProviderVendor"))
                {
                    input["credentialProviderVendor"] = "CustomOauth2";
                }

                if (!input.ContainsKey("oauth2ProviderConfigInput"))
                {
                    throw new CommandFailedException("An OAuth client needs --discovery-url, --client-id and --client-secret-from, or the API's JSON with --cli-input-json.", ExitCode.Usage);
                }
            });
        members.AddTo(command);
        return command;
    }

    public static Command ApiKey(Screen screen)
    {
        var key = SecretSource.Option("--api-key-from", "the key");
        var command = Adding(new Command("add-api-key", "Keep an API key, which gateways send."), "CreateApiKeyCredentialProvider", screen, async (input, parsed, cancellationToken) =>
        {
            input.Put("apiKey", await SecretSource.ReadAsync("--api-key-from", parsed.GetValue(key), ProcessEnvironment.Read, cancellationToken));
            if (!input.ContainsKey("apiKey") && !input.ContainsKey("apiKeySecretConfig"))
            {
                throw new CommandFailedException("An API key is read from --api-key-from stdin, file:PATH or env:NAME, or stands in --cli-input-json.", ExitCode.Usage);
            }
        });
        command.Options.Add(key);
        return command;
    }

    private static Command Adding(Command command, string operation, Screen screen, Func<JsonObject, ParseResult, CancellationToken, Task> fill)
    {
        var name = new Argument<string?>("name") { Description = "The provider's name: letters, digits, hyphens and underscores.", Arity = ArgumentArity.ZeroOrOne };
        command.Arguments.Add(name);
        var arguments = new ControlArguments();
        arguments.AddTo(command, takesJson: true);
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var input = await arguments.InputAsync(parsed, cancellationToken);
            input.Put("name", parsed.GetValue(name));
            if (!input.ContainsKey("name"))
            {
                throw new CommandFailedException($"A credential provider needs a name: 'centralops credential {command.Name} NAME', or name in --cli-input-json.", ExitCode.Usage);
            }

            await fill(input, parsed, cancellationToken);
            var made = await session.CallAsync(operation, input, cancellationToken);
            ControlView.Show(made, arguments.Output(parsed), screen);
            if (made.Text("callbackUrl") is { Length: > 0 } callback)
            {
                screen.SayUnbroken($"Register this redirect address at the identity provider where people consent: {callback}");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
