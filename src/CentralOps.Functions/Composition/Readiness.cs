using CentralOps.Accounts.ReadOnly;
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
            // A guard that names what the model does not have ends the function here, before it has read anything.
            _ = OperationTable.TryFind(operation, out var row) ? row.Model : null;
        }
    }
}
