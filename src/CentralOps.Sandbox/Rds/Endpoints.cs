using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Rds;

/// <summary>Host names of databases: a label of the account and region's own stands in each.</summary>
internal static class Endpoints
{
    public static string Of(string id, string account, string region, string kind = "") =>
        $"{id}.{kind}{new Dice(0, "rds-endpoint", account, region).Base36(12)}.{region}.rds.amazonaws.com";
}
