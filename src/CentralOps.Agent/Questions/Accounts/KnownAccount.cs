namespace CentralOps.Agent.Questions.Accounts;

/// <summary>An account of the organization.</summary>
/// <param name="Unit">Path of its organizational unit, such as Workloads/Prod; empty for none.</param>
internal sealed record KnownAccount(string Id, string Name, string Unit);
