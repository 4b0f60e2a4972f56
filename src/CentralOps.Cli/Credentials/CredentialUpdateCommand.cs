using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Cli.Control;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Credentials;

/// <summary><c>centralops credential update NAME</c>. A control plane never gives a secret back, so an update brings it again.</summary>
internal static class CredentialUpdateCommand
{
    public static Command Create(Screen screen)
    {
        var (name, type) = (CredentialCommand.Named(), CredentialKind.Option());
        var key = SecretSource.Option("--api-key-from", "the key");
        var members = new OAuthMembers();
        var arguments = new ControlArguments();
        var command = arguments.AddTo(new Command("update", "Change a credential provider. Its secret is never given back: an update brings it again.") { name, type, key }, takesJson: true);
        members.AddTo(command);
        arguments.SetAction(command, screen, async (session, parsed, cancellationToken) =>
        {
            var changes = await arguments.InputAsync(parsed, cancellationToken);
            var (kind, found) = await CredentialKind.FindAsync(session, parsed.GetRequiredValue(name), parsed.GetValue(type), cancellationToken);
            var operation = $"Update{kind.Shape}";
            var input = kind.Type is CredentialType.OAuth ? OfOAuth(found, operation) : new JsonObject { ["name"] = found.Text("name") };
            input.Over(changes);
            await PutAsync(kind, input, parsed, cancellationToken);
            ControlView.Show(await session.CallAsync(operation, input, cancellationToken), arguments.Output(parsed), screen);
            return ExitCode.Ok;
        });
        return command;

        async Task PutAsync(CredentialKind kind, JsonObject input, ParseResult parsed, CancellationToken cancellationToken)
        {
            var isKey = kind.Type is CredentialType.ApiKey;
            if (isKey ? members.Any(parsed) : parsed.GetValue(key) is not null)
            {
                throw new CommandFailedException(
                    isKey ? $"{input.Text("name")} is an API key: change it with --api-key-from." : $"{input.Text("name")} is an OAuth client: change it with --client-secret-from, --client-id or --discovery-url.", ExitCode.Usage);
            }

            await members.PutAsync(parsed, input, cancellationToken);
            input.Put("apiKey", await SecretSource.ReadAsync("--api-key-from", parsed.GetValue(key), ProcessEnvironment.Read, cancellationToken));
            if (isKey && !input.ContainsKey("apiKey") && !input.ContainsKey("apiKeySecretConfig"))
            {
                throw new CommandFailedException("Nothing to change: give the new key with --api-key-from stdin, file:PATH or env:NAME.", ExitCode.Usage);
            }
        }
    }

    // What is shown of the provider, in the form in which it is given.
    private static JsonObject OfOAuth(JsonObject found, string operation)
    {
        var shape = ModelLibrary.Operation(ControlSession.Service, operation).Input!;
        var input = Members.Fitting(found, shape);
        if (found["oauth2ProviderConfigOutput"] is JsonObject shown)
        {
            input["oauth2ProviderConfigInput"] = Members.Fitting(shown, shape.FindMember("oauth2ProviderConfigInput")!.Shape);
        }

        return input;
    }
}
