using CentralOps.Accounts.ReadOnly;
using CentralOps.Aws.Models;
using CentralOps.Tools;

namespace CentralOps.Laws.Tests;

/// <summary>What a tool may declare: operations that are built in, classified, and read metadata.</summary>
internal static class ToolLaw
{
    /// <summary>Every way in which a declaration breaks the law; none for one that keeps it.</summary>
    public static IReadOnlyList<string> Breaches(ToolDeclaration tool) =>
        tool.Operations.Count == 0 ? [$"{tool.Name} declares no operation"] : [.. tool.Operations.Select(Breach).OfType<string>()];

    private static string? Breach(string operation)
    {
        if (!OperationTable.TryFind(operation, out var row))
        {
            return $"{operation} has no row: it is a write";
        }

        if (row.Class is not (OperationClass.MetadataRead or OperationClass.GuardedRead))
        {
            return $"{operation} is a {row.Class}";
        }

        if (!row.IsCallable)
        {
            return $"{operation} cannot be confined or guarded";
        }

        var parts = operation.Split(':');
        return ModelLibrary.Service(parts[0]).TryGetOperation(parts[1], out _) ? null : $"{operation} is in no model";
    }
}
