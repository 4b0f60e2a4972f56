using CentralOps.Accounts.Directory;
using CentralOps.Aws.Endpoints;

namespace CentralOps.Tools.Fleet;

/// <summary>An account in one region.</summary>
/// <param name="Region">Null where the account answers for all regions at once.</param>
/// <param name="RegionText">As answers tell it.</param>
internal sealed record FleetPlace(Account Account, RegionName? Region, string RegionText);
