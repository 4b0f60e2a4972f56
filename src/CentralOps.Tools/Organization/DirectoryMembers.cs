using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Organization;

/// <summary>Where a list of accounts comes from, and how old it is.</summary>
internal static class DirectoryMembers
{
    public static JsonObject Schema() => AnswerSchema.Object(
        ("source", AnswerSchema.Text("organizations, identity_center (the accounts that the signed-in person may use) or accounts_file.")),
        ("age_seconds", AnswerSchema.Integer("How long ago the list was read.")),
        ("passed_over", AnswerSchema.Nullable(AnswerSchema.Object(
            ("stage", AnswerSchema.Text()), ("code", AnswerSchema.Text()), ("message", AnswerSchema.Text()), ("remedy", AnswerSchema.Text())))));

    public static void Write(AccountListing listing, TimeProvider time, Utf8JsonWriter json)
    {
        json.WriteStartObject("directory"u8);
        json.WriteString("source"u8, listing.Source);
        json.WriteNumber("age_seconds"u8, (long)(time.GetUtcNow() - listing.ReadAt).TotalSeconds);
        if (listing.PassedOver is { } denied)
        {
            json.WriteStartObject("passed_over"u8);
            RefusalAnswer.WriteMembers(RefusalWords.Of(denied), json);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("passed_over"u8);
        }

        json.WriteEndObject();
    }
}
