using CentralOps.Aws.Wire;
using CentralOps.Gateway.Targets;

namespace CentralOps.Gateway.Outbound;

/// <summary>An API key, in a header or in the query, asked for at each request so that a new key is used at once.</summary>
internal sealed class ApiKeyCredential(OutboundCredential.ApiKey settings, ICredentialProviders providers) : Credential
{
    private const int MaxHeaderValue = 16 * 1024;

    private readonly string _parameter = settings.ParameterName ?? "Authorization";

    public override async ValueTask<TargetFailure?> ApplyAsync(WireRequest request, CancellationToken cancellationToken)
    {
        if (await providers.FindApiKeyAsync(settings.ProviderArn, cancellationToken) is not { } key)
        {
            return new(TargetFailureKind.Access, $"The API key credential provider {Printable.Text(settings.ProviderArn, 256)} does not exist. Create it, or name another in the target.");
        }

        var value = settings.Prefix is { Length: > 0 } prefix ? $"{prefix} {key.Reveal()}" : key.Reveal();
        if (settings.Location == ApiKeyLocation.QueryParameter)
        {
            request.Query = $"{request.Query}{(request.Query.Length > 0 ? "&" : "")}{Uri.EscapeDataString(_parameter)}={Uri.EscapeDataString(value)}";
            return null;
        }

        if (!HeaderText.IsValue(value, MaxHeaderValue))
        {
            return new(TargetFailureKind.Access, "The API key of the target holds characters that no header can carry. Store it again without line breaks or blanks around it.");
        }

        request.Headers.Set(_parameter, value);
        return null;
    }
}
