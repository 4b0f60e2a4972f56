using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Estates;

/// <summary>A service control policy and what it hangs on: ids of the root, of organizational units and of accounts.</summary>
internal sealed record ServiceControlPolicy(string Id, string Name, PolicyDocument Document, IReadOnlyList<string> TargetIds);
