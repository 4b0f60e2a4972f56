using System.Collections.Concurrent;
using CentralOps.Aws.Models;

namespace CentralOps.Aws.Endpoints;

/// <summary>Where a service answers in a region.</summary>
public sealed class EndpointResolver(EndpointOverrides overrides)
{
    // Region names come from callers: their form is checked, but their number is not theirs to choose.
    private const int MostRemembered = 2048;

    private readonly ConcurrentDictionary<(string Prefix, string ServiceId, string Region), Endpoint> _resolved = new();

    /// <summary>Endpoints by AWS's rules, with no override.</summary>
    public static EndpointResolver Default { get; } = new(EndpointOverrides.None);

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
        var partition = Partition.Of(region);
        var global = GlobalServices.Find(service.EndpointPrefix, service.GlobalEndpoint, partition);
        var signingRegion = global?.Region ?? region.Text;
        if (overrides.Find(service.ServiceId) is { } url)
        {
            return new Endpoint(url, signingRegion) { Overridden = true };
        }

        var host = global?.Host ?? $"{service.EndpointPrefix}.{region}.{partition.DnsSuffix}";
        return new Endpoint(new Uri($"https://{host}"), signingRegion);
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
}
