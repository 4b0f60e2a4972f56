using System.Diagnostics.CodeAnalysis;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Estates.Functions;

namespace CentralOps.Sandbox.Lambda;

/// <summary>All functions that can be described: those of the estate, and the deployed ones, which can be invoked as well.</summary>
internal sealed class FunctionCatalog(Estate estate, FunctionRegistry deployed)
{
    private static readonly DateTimeOffset DeployedAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>By name.</summary>
    public IReadOnlyList<LambdaFunction> All(string accountId, string region) =>
    [
        .. deployed.In(accountId, region).Select(Describe)
            .Concat(estate.Resources(accountId, region).Functions)
            .DistinctBy(function => function.Name, StringComparer.Ordinal)
            .OrderBy(function => function.Name, StringComparer.Ordinal),
    ];

    public bool TryFind(FunctionName name, [NotNullWhen(true)] out LambdaFunction? function)
    {
        function = All(name.AccountId, name.Region).FirstOrDefault(function => string.Equals(function.Name, name.Name, StringComparison.Ordinal));
        return function is not null;
    }

    private static LambdaFunction Describe(Function function) => new()
    {
        Name = function.Definition.Name,
        Runtime = "provided.al2023",
        Handler = function.Definition.Handler,
        RoleArn = function.Definition.RoleArn,
        MemoryMb = function.Definition.MemoryMb,
        TimeoutSeconds = (int)function.Definition.Timeout.TotalSeconds,
        ModifiedAt = DeployedAt,
        Environment = function.Definition.Environment,
        ReservedConcurrency = function.Definition.Concurrency,
        Policy = function.Policy,
    };
}
