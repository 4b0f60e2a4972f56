using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Accounts;

/// <summary>AWS's structures <c>Region</c> and <c>AlternateContact</c>.</summary>
internal static class AccountShape
{
    /// <summary>Whether an account may use a region, in the words of AWS Account Management.</summary>
    public static string OptStatus(Estate estate, Account account, Region region)
    {
        if (!region.NeedsOptIn)
        {
            return "ENABLED_BY_DEFAULT";
        }

        return estate.IsRegionEnabled(account.Id, region.Name) ? "ENABLED" : "DISABLED";
    }

    public static JsonObject Of(Estate estate, Account account, Region region) => new()
    {
        ["RegionName"] = region.Name,
        ["RegionOptStatus"] = OptStatus(estate, account, region),
    };

    public static JsonObject SecurityContact(Account account) => new()
    {
        ["AlternateContactType"] = "SECURITY",
        ["Name"] = account.Tag("Team") is { Length: > 0 } team ? team : "Security",
        ["Title"] = "Security contact",
        ["EmailAddress"] = "security@example.com",
        ["PhoneNumber"] = "+1 555 0100",
    };
}
