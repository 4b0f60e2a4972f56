using System.Collections.Concurrent;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Endpoints;

/// <summary>Where a service answers in a region.</summary>
public sealed class EndpointResolver(EndpointOverrides overrides, EndpointVariant variant = EndpointVariant.None)
{
    // Region names come from callers: their form is checked, but their number is not theirs to choose.
    private const int MostRemembered = 2048;

    private readonly ConcurrentDictionary<(string Prefix, string ServiceId, string Region), Endpoint> _resolved = new();

    /// <summary>Endpoints by AWS's rules, with no override.</summary>
    public static EndpointResolver Default { get; } = new(EndpointOverrides.None);

    /// <summary>
    /// Overrides and variant as the standard settings have them, through a lookup such as the process environment's. Throws
    /// <see cref="EndpointException"/> that names the setting which is wrong.
    /// </summary>
    public static EndpointResolver Read(Func<string, string?> setting) => new(EndpointOverrides.Read(setting), EndpointVariants.Read(setting));

    /// <summary>Throws <see cref="EndpointException"/> when the region is none, or a setting no URL.</summary>
    public Endpoint Resolve(ServiceModel service, string region)
    {
        var key = (service.EndpointPrefix, service.ServiceId, region);
        if (_resolved.TryGetValue(key, out var endpoint))
        {
            return endpoint;
        }

        if (!RegionName.TryParse(region, out var name))
        {
            throw new EndpointException(
                EndpointProblem.Region, $"'{Printable(region)}' is not the name of an AWS region. Give one such as us-east-1 or eu-central-1.");
        }

        endpoint = Resolve(service, name);
        if (_resolved.Count < MostRemembered)
        {
            _resolved[key] = endpoint;
        }

        return endpoint;
    }

    private Endpoint Resolve(ServiceModel service, RegionName region)
    {
        var place = ServiceHosts.Find(service.ServiceId, service.EndpointPrefix, region, variant);
        if (overrides.Find(service.ServiceId) is not { } url)
        {
            return new Endpoint(new Uri($"https://{place.Host}"), place.SigningRegion) { SigningName = place.SigningName };
        }

        if (variant != EndpointVariant.None)
        {
            throw new EndpointException(
                EndpointProblem.Setting,
                $"An endpoint of your own is set for {service.ServiceId} together with AWS_USE_FIPS_ENDPOINT or AWS_USE_DUALSTACK_ENDPOINT. Unset one of them: nothing is known of your endpoint's cryptography and addresses.");
        }

        return new Endpoint(url, place.SigningRegion) { Overridden = true, SigningName = place.SigningName };
    }

    private static string Printable(string? text)
    {
        var shown = text is null ? "" : text.Length > 40 ? text[..40] + "…" : text;
        return string.Create(shown.Length, shown, static (into, from) =>
        {
            for (var at = 0; at < into.Length; at++)
            {
                into[at] = from[at] is >= ' ' and <= '~' or '…' ? from[at] : '?';
            }
        });
    }
}

/// <summary>A base URL and the region to sign for (a global service signs for its partition's own).</summary>
public sealed record Endpoint(Uri Url, string SigningRegion)
{
    /// <summary>Set by the user: taken as it is, and no host prefix is put before it.</summary>
    public bool Overridden { get; init; }

    /// <summary>The service to sign for, where it is another one than the model says.</summary>
    public string? SigningName { get; init; }
}
