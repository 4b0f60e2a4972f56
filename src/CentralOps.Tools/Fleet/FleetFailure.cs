using System.Text.Json;
using CentralOps.Accounts;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;

namespace CentralOps.Tools.Fleet;

/// <summary>What could not be read.</summary>
/// <param name="Region">Null where the account as a whole could not be read: it is told once.</param>
/// <param name="Part">What is missing of a place that was read else; null for the place, or for what comes after the items that are there.</param>
internal sealed record FleetFailure(AccountId Account, string? Region, string? Part, Refusal Refusal)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("account_id"u8, Account.ToString());
        json.WriteString("region"u8, Region);
        json.WriteString("part"u8, Part);
        RefusalAnswer.WriteMembers(RefusalWords.Of(Refusal), json);
        json.WriteEndObject();
    }
}
