using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests;

/// <summary>Service models with no operations, for what needs no more than a service's names.</summary>
internal static class TestModels
{
    public static ServiceModel Service(string prefix, string? serviceId = null) => new()
    {
        ServiceId = serviceId ?? prefix,
        ApiVersion = "2026-01-01",
        EndpointPrefix = prefix,
        SigningName = prefix,
        Protocols = [ProtocolKind.AwsJson11],
        OperationNames = [],
    };
}
