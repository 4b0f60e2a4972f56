using CentralOps.Access.Selectors;

namespace CentralOps.Access.Tests.Rules;

/// <summary>An account of which something may not be known.</summary>
public sealed record TestAccount(string AccountId, string Name, string? UnitPath, IReadOnlyDictionary<string, string>? TagValues) : IAccountFacts
{
    public static TestAccount Production { get; } = new("222222222222", "Production", "Workloads/Prod", new Dictionary<string, string> { ["env"] = "prod" });

    public static TestAccount Unknown { get; } = new("222222222222", "Production", null, null);
}
