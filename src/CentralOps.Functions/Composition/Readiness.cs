using CentralOps.Aws.Models;
using CentralOps.Tools;

namespace CentralOps.Functions.Composition;

/// <summary>Does beforehand what the first call would otherwise wait for.</summary>
internal static class Readiness
{
    /// <summary>Reads the models of the operations that are called first.</summary>
    public static void Prepare(IReadOnlyList<Tool> tools)
    {
        _ = ModelLibrary.Operation("sts", "AssumeRole");
        _ = ModelLibrary.Operation("organizations", "DescribeAccount");
        foreach (var operation in tools.SelectMany(static tool => tool.Operations))
        {
            var colon = operation.IndexOf(':', StringComparison.Ordinal);
            _ = ModelLibrary.Operation(operation[..colon], operation[(colon + 1)..]);
        }
    }
}
