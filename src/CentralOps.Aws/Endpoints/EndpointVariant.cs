namespace CentralOps.Aws.Endpoints;

/// <summary>
/// Which of a service's hosts is wanted. https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html
/// </summary>
[Flags]
public enum EndpointVariant
{
    None = 0,

    /// <summary>One whose cryptography is validated to FIPS 140 (<c>AWS_USE_FIPS_ENDPOINT</c>).</summary>
    Fips = 1,

    /// <summary>One that answers over IPv6 too (<c>AWS_USE_DUALSTACK_ENDPOINT</c>).</summary>
    DualStack = 2,
}

internal static class EndpointVariants
{
    public static EndpointVariant Read(Func<string, string?> setting) =>
        (IsSet(setting, "AWS_USE_FIPS_ENDPOINT") ? EndpointVariant.Fips : EndpointVariant.None)
        | (IsSet(setting, "AWS_USE_DUALSTACK_ENDPOINT") ? EndpointVariant.DualStack : EndpointVariant.None);

    /// <summary>A misspelt "true" must not quietly mean a host without FIPS.</summary>
    private static bool IsSet(Func<string, string?> setting, string name) => setting(name)?.Trim() switch
    {
        null or "" => false,
        var text when text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        var text when text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => throw new EndpointException(EndpointProblem.Setting, $"The setting {name} is neither 'true' nor 'false'. Set it to one of them, or unset it."),
    };
}
