using CentralOps.Aws.Models;

namespace CentralOps.Aws.Tests.Protocols.RoundTrips;

/// <summary>Operations that cannot be told from another one of their service by what is on the wire, with the reason.</summary>
internal static class Twins
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["S3:ListDirectoryBuckets"] = "S3's clients say it in the host's name",
    };

    public static bool Are(OperationModel operation) => Known.ContainsKey($"{operation.Service.ServiceId}:{operation.Name}");
}
