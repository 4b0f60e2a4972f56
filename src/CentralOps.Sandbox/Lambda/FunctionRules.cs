using CentralOps.Sandbox.Identity;

namespace CentralOps.Sandbox.Lambda;

/// <summary>What a function's definition has to be.</summary>
internal static class FunctionRules
{
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(15);

    /// <summary>Throws <see cref="ArgumentException"/> that names the property, its problem and the repair.</summary>
    public static void Check(FunctionDefinition function, IdentityDirectory directory)
    {
        Demand(function.Name.Length is > 0 and <= 64 && function.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'), nameof(function.Name), "must be 1 to 64 letters, digits, hyphens or underscores");
        Demand(Estates.Region.ByName.TryGetValue(function.Region, out var region) && !region.NeedsOptIn, nameof(function.Region), $"'{function.Region}' is not a region that is switched on; take us-east-1");
        Demand(directory.TryFindRole(function.RoleArn, out var role), nameof(function.RoleArn), $"'{function.RoleArn}' is not a role of the estate");
        Demand(string.Equals(role?.AccountId, function.AccountId, StringComparison.Ordinal), nameof(function.RoleArn), $"must be of the function's account {function.AccountId}");
        Demand(Path.IsPathFullyQualified(function.Command) && File.Exists(function.Command), nameof(function.Command), $"'{function.Command}' is not the full path of a file; build or publish the function first");
        Demand(function.Timeout >= TimeSpan.FromSeconds(1) && function.Timeout <= MaxTimeout, nameof(function.Timeout), "must be 1 s to 15 minutes");
        Demand(function.IdleStop > TimeSpan.Zero, nameof(function.IdleStop), "must be more than nothing");
        Demand(function.Concurrency is >= 1 and <= 1000, nameof(function.Concurrency), "must be 1 to 1,000");
    }

    private static void Demand(bool condition, string property, string problem)
    {
        if (!condition)
        {
            throw new ArgumentException($"{property} {problem}.", property);
        }
    }
}
