using CentralOps.Aws.Wire;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Outbound;

/// <summary>A bearer token by client credentials.</summary>
internal sealed class OAuthCredential(OutboundCredential.OAuth settings, string resource, ICredentialProviders providers, OAuthTokens tokens) : Credential
{
    private const string Scheme = "Bearer ";

    private volatile OAuthTokenSlot? _slot;

    public override IReadOnlyList<string> Warnings => _slot is { ResourceRefused: true }
        ?
        [
            $"The authorization server of {Printable.Text(settings.ProviderArn, 256)} refuses resource indicators (RFC 8707), so its tokens are asked for without. "
            + "They may be good for other servers than this target too.",
        ]
        : [];

    public override async ValueTask<TargetFailure?> ApplyAsync(WireRequest request, CancellationToken cancellationToken)
    {
        if (await providers.FindOAuthAsync(settings.ProviderArn, cancellationToken) is not { } client)
        {
            return new(TargetFailureKind.Access, $"The OAuth2 credential provider {Printable.Text(settings.ProviderArn, 256)} does not exist. Create it, or name another in the target.");
        }

        var slot = _slot = tokens.Slot(client, settings, resource);
        var token = await slot.GetAsync(cancellationToken);
        if (token.Value is null)
        {
            return token.Failure;
        }

        request.Headers.Set("Authorization", Scheme + token.Value);
        return null;
    }

    public override bool Renew(WireRequest refused, int status, DateTimeOffset? date) =>
        status == 401 && _slot is { } slot && refused.Headers.Find("Authorization") is { } shown && slot.Reject(shown[Scheme.Length..]);
}
