using CentralOps.Aws.Models;

namespace CentralOps.Aws.Endpoints;

/// <summary>Where a service answers in a region.</summary>
public sealed class EndpointResolver(EndpointOverrides overrides)
{
    /// <summary>Endpoints by AWS's rules, with no override.</summary>
    public static EndpointResolver Default { get; } = new(EndpointOverrides.None);

    public Endpoint Resolve(ServiceModel service, string region)
    {
        _ = overrides;
        throw new NotSupportedException("Not built yet.");
    }
}

/// <summary>A base URL and the region to sign for (a global service signs for its partition's own).</summary>
public sealed record Endpoint(Uri Url, string SigningRegion)
{
    /// <summary>Set by the user: taken as it is, and no host prefix is put before it.</summary>
    public bool Overridden { get; init; }
}

/// <summary>The standard settings <c>AWS_ENDPOINT_URL</c> and <c>AWS_ENDPOINT_URL_[SERVICE_ID]</c>.</summary>
public sealed class EndpointOverrides
{
    public static EndpointOverrides None { get; } = new();

    /// <summary>Reads the settings through a lookup, such as the process environment's; the lookup stays with floor 4.</summary>
    public static EndpointOverrides Read(Func<string, string?> setting) => throw new NotSupportedException("Not built yet.");
}
