using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Directory;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Organization;

/// <summary>What the directory knows of an account.</summary>
internal static class AccountMembers
{
    public static JsonObject Schema() => AnswerSchema.Object(
        ("Id", AnswerSchema.Text()),
        ("Name", AnswerSchema.Text()),
        ("Status", AnswerSchema.Text("ACTIVE, SUSPENDED, or another status of AWS Organizations.")),
        ("Email", AnswerSchema.OptionalText()),
        ("OrganizationalUnit", AnswerSchema.OptionalText("Path of the organizational unit, such as Workloads/Prod; Root for none.")));

    public static void Write(Account account, Utf8JsonWriter json)
    {
        json.WriteString("Id"u8, account.Id.ToString());
        json.WriteString("Name"u8, account.Name);
        json.WriteString("Status"u8, account.Status);
        json.WriteString("Email"u8, account.Email);
        json.WriteString("OrganizationalUnit"u8, account.OrganizationalUnit);
    }
}
