using CentralOps.Aws.Models;

namespace CentralOps.Tools.Resources;

/// <summary>Operations by the names under which tools declare them.</summary>
internal static class Models
{
    /// <param name="operation">As <c>service:Operation</c>.</param>
    public static OperationModel Find(string operation)
    {
        var colon = operation.IndexOf(':', StringComparison.Ordinal);
        return ModelLibrary.Operation(operation[..colon], operation[(colon + 1)..]);
    }
}
