using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts;
using CentralOps.Accounts.Directory;

namespace CentralOps.Tools.Arguments;

/// <summary>The accounts to ask, by selectors. The answer is a fleet's, even where they mean one account.</summary>
internal sealed class AccountsArgument : Argument<AccountSelector?>
{
    private const int MaxCount = 500;
    private const int MaxLength = 8192;

    private AccountsArgument()
        : base(
            "accounts",
            "Several accounts instead of account_id: ids, names, ou:Path/To, tag:key=value or all; !term excludes. A list, or one string separated by commas. The answer is then per account and region.")
    {
        IsOfTheQuestion = false;
        IsPlace = true;
    }

    public static AccountsArgument Only { get; } = new();

    protected override AccountSelector? ReadValue(ArgumentReader reader)
    {
        if (reader.TextOrTexts(Name, MaxCount, MaxLength, out _) is not { } texts)
        {
            return null;
        }

        if (AccountSelector.TryParse(string.Join(',', texts), out var selector, out var problem))
        {
            return selector;
        }

        reader.Note(Name, PlainText.Line(problem, 300), "Write accounts as in [\"ou:Workloads/Prod\", \"!tag:env=test\"] or all; list_accounts shows ids, names and units");
        return null;
    }

    protected override bool IsEmpty(AccountSelector? value) => value is null;

    protected override void WriteValue(AccountSelector? value, Utf8JsonWriter json) => json.WriteStringValue(value!.ToString());

    protected override void Describe(JsonObject schema, string home) => SeveralTexts.Describe(schema, MaxCount);
}
