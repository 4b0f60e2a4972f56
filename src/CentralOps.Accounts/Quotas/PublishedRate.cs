namespace CentralOps.Accounts.Quotas;

/// <summary>What AWS says that it lets through: for each account and region, and for the operations of one group together.</summary>
/// <param name="Burst">Calls at once.</param>
/// <param name="PerSecond">Calls a second after that.</param>
public sealed record PublishedRate(double Burst, double PerSecond);
