using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Listings;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Organization;

/// <summary>Tries the way into accounts, a few at a time. Suspended ones are told without knocking.</summary>
internal static class AccessCheck
{
    /// <summary>AWS STS takes far more; this keeps one answer from using up what others need.</summary>
    private const int Width = 8;

    /// <summary>For each account why it cannot be reached, or null where it can.</summary>
    public static async Task<IReadOnlyList<Refusal?>> OfAsync(IReadOnlyList<Account> accounts, ToolSetting setting, CancellationToken cancellationToken)
    {
        var refusals = new Refusal?[accounts.Count];
        await Abreast.RunAsync(accounts.Count, Width, async index =>
            refusals[index] = (await setting.Services.WayIn.OpenAsync(accounts[index], setting.Services.Home, setting.Use, cancellationToken)).Refusal, cancellationToken);
        return refusals;
    }

    public static JsonObject Schema()
    {
        var access = AnswerSchema.Object(
            ("reachable", AnswerSchema.Flag()),
            ("stage", AnswerSchema.OptionalText("Where the way in was refused, when it was.")),
            ("code", AnswerSchema.OptionalText()),
            ("message", AnswerSchema.OptionalText()),
            ("remedy", AnswerSchema.OptionalText("What to do about it.")));
        access.Insert(0, "description", "Only with check_access.");
        return access;
    }

    public static void Write(Refusal? refusal, Utf8JsonWriter json)
    {
        json.WriteStartObject("Access"u8);
        json.WriteBoolean("reachable"u8, refusal is null);
        if (refusal is not null)
        {
            RefusalAnswer.WriteMembers(RefusalWords.Of(refusal), json);
        }
        else
        {
            json.WriteNull("stage"u8);
            json.WriteNull("code"u8);
            json.WriteNull("message"u8);
            json.WriteNull("remedy"u8);
        }

        json.WriteEndObject();
    }
}
