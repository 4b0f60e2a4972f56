using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Gateway.Callers;

/// <summary>What a refusal tells a client to do: <c>WWW-Authenticate</c> by RFC 6750, section 3, with RFC 9728's pointer to the metadata.</summary>
internal sealed class BearerChallenge(GatewayUrls urls, CustomJwtConfig config)
{
    // Of the scopes any one is enough, so all are named: the provider decides which a client gets.
    private readonly string _scope = string.Join(' ', Advertised(config));

    /// <summary>The scopes by the names that clients ask their provider for.</summary>
    public static IReadOnlyList<string> Advertised(CustomJwtConfig config) =>
        [.. config.AllowedScopes.Select(scope => config.AdvertisedScopes.GetValueOrDefault(scope, scope)).Distinct(StringComparer.Ordinal)];

    /// <param name="error">RFC 6750's code; null where the request carried no credential.</param>
    /// <param name="description">A clause without quotes.</param>
    public string Write(IHttpRequestFeature request, string? error = null, string? description = null)
    {
        var challenge = new StringBuilder("Bearer ", 256);
        if (error is not null)
        {
            challenge.Append("error=\"").Append(error).Append("\", ");
        }

        if (description is not null)
        {
            challenge.Append("error_description=\"").Append(Quotable(description)).Append("\", ");
        }

        challenge.Append("resource_metadata=\"").Append(urls.Metadata(request)).Append('"');
        if (_scope.Length > 0)
        {
            challenge.Append(", scope=\"").Append(Quotable(_scope)).Append('"');
        }

        return challenge.ToString();
    }

    // RFC 6750 admits printable ASCII without quotes and backslashes.
    private static string Quotable(string text) => string.Concat(text.Where(static c => c is >= ' ' and <= '~' and not '"' and not '\\'));
}
