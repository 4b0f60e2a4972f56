using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>The one account to ask. No part of a question's text: a question is bound to the account's id, however it was named.</summary>
internal sealed class AccountArgument : Argument<string?>
{
    private AccountArgument(string description)
        : base("account_id", description)
    {
        IsOfTheQuestion = false;
        IsPlace = true;
    }

    public static AccountArgument Only { get; } = new(
        "One account: its id or name, such as 222222222222 or Production, or a handle of switch_account. Either this or accounts is required.");

    /// <summary>Of a tool that has no <c>accounts</c> beside it.</summary>
    public static AccountArgument Needed { get; } = new("The account: its id or name, such as 222222222222 or Production.") { IsRequired = true };

    protected override string? ReadValue(ArgumentReader reader)
    {
        var account = reader.Account(Name);
        if (IsRequired && !reader.IsGiven(Name))
        {
            reader.Note(Name, "is missing", $"Give {Name}");
        }

        return account;
    }

    protected override bool IsEmpty(string? value) => value is null;

    protected override void WriteValue(string? value, Utf8JsonWriter json) => json.WriteStringValue(value);

    protected override void Describe(JsonObject schema, string home) => schema["type"] = "string";
}
