using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Accounts;

/// <summary>Whether an account may use a region, in the words of AWS Account Management.</summary>
internal static class OptStatus
{
    public static string Of(Estate estate, Account account, Region region)
    {
        if (!region.NeedsOptIn)
        {
            return "ENABLED_BY_DEFAULT";
        }

        return estate.IsRegionEnabled(account.Id, region.Name) ? "ENABLED" : "DISABLED";
    }

    public static JsonObject Shape(Estate estate, Account account, Region region) => new()
    {
        ["RegionName"] = region.Name,
        ["RegionOptStatus"] = Of(estate, account, region),
    };
}
