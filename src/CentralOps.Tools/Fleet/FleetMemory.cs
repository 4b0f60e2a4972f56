using CentralOps.Accounts;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Tools.Fleet;

/// <summary>What calls over many accounts share in one process: which regions accounts have, and reads that are under way.</summary>
internal sealed class FleetMemory(TimeProvider time)
{
    public AccountRegions Regions { get; } = new(time);

    public Flights<PageKey, SharedPage> Pages { get; } = new();
}

/// <summary>Regions of an account, or why they are not known.</summary>
internal readonly record struct RegionsRead(IReadOnlyList<RegionName> Regions, Refusal? Refusal);
