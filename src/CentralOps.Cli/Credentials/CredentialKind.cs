using System.CommandLine;
using System.Text.Json.Nodes;
using CentralOps.Cli.Control;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Credentials;

internal enum CredentialType
{
    Any,
    OAuth,
    ApiKey,
}

/// <summary>The two kinds of credential providers, which the API keeps apart; a name may be taken in each.</summary>
internal sealed record CredentialKind(CredentialType Type, string Title, string Shape)
{
    public static readonly IReadOnlyList<CredentialKind> All =
    [
        new(CredentialType.OAuth, "oauth", "Oauth2CredentialProvider"),
        new(CredentialType.ApiKey, "api-key", "ApiKeyCredentialProvider"),
    ];

    public static Option<CredentialType> Option() => Choice.Option("--type", CredentialType.Any, "Which of two providers of one name.");

    /// <exception cref="CommandFailedException">There is none, or there are two.</exception>
    public static async Task<(CredentialKind Kind, JsonObject Provider)> FindAsync(ControlSession session, string name, CredentialType type, CancellationToken cancellationToken)
    {
        var found = new List<(CredentialKind, JsonObject)>();
        foreach (var kind in All.Where(kind => type is CredentialType.Any || kind.Type == type))
        {
            if (await TryGetAsync(session, kind, name, cancellationToken) is { } provider)
            {
                found.Add((kind, provider));
            }
        }

        return found switch
        {
            [var one] => one,
            [] => throw new CommandFailedException($"There is no credential provider '{name}': 'centralops credential list' shows what there is."),
            _ => throw new CommandFailedException($"There is an OAuth client and an API key called '{name}': say which with --type oauth or --type apikey.", ExitCode.Usage),
        };
    }

    private static async Task<JsonObject?> TryGetAsync(ControlSession session, CredentialKind kind, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await session.CallAsync($"Get{kind.Shape}", new JsonObject { ["name"] = name }, cancellationToken);
        }
        catch (ControlRefusedException refused) when (refused.Code is "ResourceNotFoundException")
        {
            return null;
        }
    }
}
