using System.Text.Json;
using CentralOps.Sandbox.Estates;

namespace CentralOps.Sandbox.Organizations;

/// <summary>AWS's structures <c>Account</c>, <c>OrganizationalUnit</c> and <c>Root</c>.</summary>
internal static class AccountShape
{
    public static void Write(Utf8JsonWriter json, Estate estate, Account account)
    {
        var status = account.Status == AccountStatus.Active ? "ACTIVE" : "SUSPENDED";
        json.WriteString("Id", account.Id);
        json.WriteString("Arn", $"arn:aws:organizations::{estate.ManagementAccount.Id}:account/{estate.OrganizationId}/{account.Id}");
        json.WriteString("Email", account.Email);
        json.WriteString("Name", account.Name);
        json.WriteString("Status", status);
        json.WriteString("State", status);
        json.WriteString("JoinedMethod", account.Invited ? "INVITED" : "CREATED");
        json.WriteString("JoinedTimestamp", account.JoinedAt.UtcDateTime);
    }

    public static void Write(Utf8JsonWriter json, Estate estate, OrganizationalUnit unit)
    {
        json.WriteString("Id", unit.Id);
        json.WriteString("Arn", $"arn:aws:organizations::{estate.ManagementAccount.Id}:ou/{estate.OrganizationId}/{unit.Id}");
        json.WriteString("Name", unit.Name);
    }

    public static void WriteRoot(Utf8JsonWriter json, Estate estate)
    {
        json.WriteString("Id", estate.RootId);
        json.WriteString("Arn", $"arn:aws:organizations::{estate.ManagementAccount.Id}:root/{estate.OrganizationId}/{estate.RootId}");
        json.WriteString("Name", "Root");
        json.WriteStartArray("PolicyTypes");
        json.WriteStartObject();
        json.WriteString("Type", "SERVICE_CONTROL_POLICY");
        json.WriteString("Status", "ENABLED");
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
