using System.Buffers;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using CentralOps.Accounts;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Organization;

internal sealed record ListAccountsArguments(
    [property: Range(1, ListAccounts.MaxLimit), Description("Accounts to answer at most.")] int Limit = ListAccounts.DefaultLimit,
    [property: Description("next_token of a truncated answer, to go on where it ended.")] string? NextToken = null,
    [property: Description("Also try the way into each active account, and tell whether it is reachable and if not why.")] bool CheckAccess = false);

internal sealed record AccountAccess(
    bool Reachable,
    [property: Description("Where the way in was refused, when it was.")] string? Stage,
    string? Code,
    string? Message,
    [property: Description("What to do about it.")] string? Remedy);

internal sealed record ListedAccount(
    [property: JsonPropertyName("Id")] string Id,
    [property: JsonPropertyName("Name")] string Name,
    [property: JsonPropertyName("Status"), Description("ACTIVE, SUSPENDED, or another status of AWS Organizations.")] string Status,
    [property: JsonPropertyName("Email")] string? Email,
    [property: JsonPropertyName("OrganizationalUnit"), Description("Path of the organizational unit, such as Workloads/Prod; Root for none.")] string? OrganizationalUnit,
    [property: JsonPropertyName("Access"), Description("Only with check_access.")] AccountAccess? Access = null);

internal sealed record ListAccountsAnswer(
    IReadOnlyList<ListedAccount> Accounts,
    [property: Description("Accounts in this answer.")] int AccountCount,
    [property: Description("Whether there are more accounts than limit.")] bool Truncated,
    [property: Description("Where to go on, when truncated.")] string? NextToken);

/// <summary>The organization's accounts, in the order of their ids, so that an answer goes on exactly even when accounts come and go.</summary>
internal sealed class ListAccounts : Tool<ListAccountsArguments>
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 1000;

    public override string Name => "list_accounts";

    public override string Subject => "accounts";

    public override IReadOnlyList<string> Operations { get; } =
    [
        "organizations:DescribeAccount", "organizations:ListAccounts", "organizations:ListAccountsForParent",
        "organizations:ListOrganizationalUnitsForParent", "organizations:ListRoots",
    ];

    public override ToolDeclaration Declare() => new()
    {
        Name = Name,
        Subject = Subject,
        Description = "List the AWS accounts of the organization with status and organizational unit; their ids and names are what other tools take as account_id. Read-only.",
        InputSchema = ToolSchemas.Input(ToolShapes.Default.ListAccountsArguments),
        OutputSchema = ToolSchemas.Output(ToolShapes.Default.ListAccountsAnswer, ToolShapes.Default.PlainRefusalShape),
        Operations = Operations,
        Example = """{"limit": 100}""",
    };

    protected override ListAccountsArguments Read(ArgumentReader reader) => new(
        reader.Integer("limit", DefaultLimit, 1, MaxLimit), reader.Text("next_token", Answers.NextToken.MaxLength), reader.Flag("check_access"));

    protected override async Task<CallOutcome> AnswerAsync(
        ListAccountsArguments arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (!Answers.NextToken.TryContinue(arguments.NextToken, Answers.NextToken.HashOf(Name), out var start, out var refusal))
        {
            return new CallOutcome(refusal);
        }

        if (start.PageToken.Length > 0 && !AccountId.TryParse(start.PageToken, out _))
        {
            return new CallOutcome(Answers.NextToken.Damaged);
        }

        var listing = await setting.Services.Directory.ListAsync(AccountDetail.Units, cancellationToken);
        if (listing.Refusal is not null)
        {
            return new CallOutcome(listing.Refusal);
        }

        var page = After(listing.Accounts, start.PageToken, arguments.Limit, out var more);
        var access = arguments.CheckAccess ? await AccessCheck.OfAsync(page, setting, cancellationToken) : null;
        Write(page, access, more ? start with { PageToken = page[^1].Id.ToString() } : null, output);
        return default;
    }

    private static List<Account> After(IReadOnlyList<Account> accounts, string last, int limit, out bool more)
    {
        var from = AccountId.TryParse(last, out var id) ? accounts.TakeWhile(account => account.Id <= id).Count() : 0;
        more = accounts.Count - from > limit;
        return [.. accounts.Skip(from).Take(limit)];
    }

    private static void Write(List<Account> page, IReadOnlyList<Refusal?>? access, NextToken? next, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        json.WriteStartObject();
        json.WriteStartArray("accounts"u8);
        for (var index = 0; index < page.Count; index++)
        {
            var account = page[index];
            json.WriteStartObject();
            json.WriteString("Id"u8, account.Id.ToString());
            json.WriteString("Name"u8, account.Name);
            json.WriteString("Status"u8, account.Status);
            json.WriteString("Email"u8, account.Email);
            json.WriteString("OrganizationalUnit"u8, account.OrganizationalUnit);
            if (access is not null)
            {
                AccessCheck.Write(access[index], json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("account_count"u8, page.Count);
        AccountAnswer.WriteEnd(json, next);
        json.WriteEndObject();
    }
}
