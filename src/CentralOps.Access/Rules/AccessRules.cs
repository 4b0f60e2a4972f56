using CentralOps.Access.Callers;

namespace CentralOps.Access.Rules;

/// <summary>What callers may do: one rule set for the gateway and for the way into accounts.</summary>
public sealed class AccessRules
{
    private readonly Caller _admitted;

    private AccessRules(Caller admitted) => _admitted = admitted;

    /// <summary>The local caller may use every tool in every account; nobody else may use any.</summary>
    public static AccessRules LocalOnly { get; } = new(Caller.Local);

    /// <summary>One person may use every tool in every account that AWS lets the person into; nobody else may use any.</summary>
    public static AccessRules Only(Caller person) => new(person);

    public bool Permits(Caller caller, string tool, string accountId) => caller == _admitted;
}
