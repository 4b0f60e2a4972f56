using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.Tools.Arguments;

/// <summary>The one account to ask. No part of a question's text: a question is bound to the account's id, however it was named.</summary>
internal sealed class AccountArgument : Argument<string?>
{
    private AccountArgument()
        : base("account_id", "One account: its id or name, such as 222222222222 or Production, or a handle of switch_account. Either this or accounts is required.")
    {
        IsOfTheQuestion = false;
        IsPlace = true;
    }

    public static AccountArgument Only { get; } = new();

    protected override string? ReadValue(ArgumentReader reader) => reader.Account(Name);

    protected override bool IsEmpty(string? value) => value is null;

    protected override void WriteValue(string? value, Utf8JsonWriter json) => json.WriteStringValue(value);

    protected override void Describe(JsonObject schema, string home) => schema["type"] = "string";
}
