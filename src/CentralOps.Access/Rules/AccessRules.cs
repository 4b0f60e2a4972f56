using CentralOps.Access.Callers;

namespace CentralOps.Access.Rules;

/// <summary>What callers may do: one rule set for the gateway and for the way into accounts.</summary>
public sealed class AccessRules
{
    private readonly Func<Caller, bool> _admits;

    private AccessRules(Func<Caller, bool> admits) => _admits = admits;

    /// <summary>The local caller may use every tool in every account; nobody else may use any.</summary>
    public static AccessRules LocalOnly { get; } = Only(Caller.Local);

    /// <summary>Whoever is identified may use every tool in every account; who is not may use none.</summary>
    public static AccessRules RequireIdentity { get; } = new(static caller => caller.IsIdentified);

    /// <summary>One person may use every tool in every account that AWS lets the person into; nobody else may use any.</summary>
    public static AccessRules Only(Caller person) => new(caller => caller == person);

    public bool Permits(Caller caller, string tool, string accountId) => _admits(caller);
}
