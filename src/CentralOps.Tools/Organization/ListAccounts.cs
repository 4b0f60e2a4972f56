using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Organization;

/// <summary>The organization's accounts, in the order of their ids, so that an answer goes on exactly even when accounts come and go.</summary>
internal sealed class ListAccounts : Tool
{
    private static readonly IntegerArgument Limit = IntegerArgument.Limit("Accounts", 100, 1000);
    private static readonly FlagArgument CheckAccess = new("check_access", "Also try the way into each active account, and tell whether it is reachable and if not why.");

    public override string Name => "list_accounts";

    public override string Subject => "accounts";

    public override IReadOnlyList<string> Operations { get; } = DirectoryOperations.All;

    private protected override bool AsksAnAccount => false;

    private protected override string Description =>
        "List the AWS accounts of the organization with status and organizational unit; their ids and names are what other tools take as account_id. Read-only.";

    private protected override string Example => """{"limit": 100}""";

    private protected override IReadOnlyList<Argument> Arguments { get; } = [Limit, NextTokenArgument.Only, CheckAccess];

    private protected override JsonObject Answer()
    {
        var account = AccountMembers.Schema();
        account["properties"]!["Access"] = AccessCheck.Schema();
        return AnswerSchema.Object(
        [
            ("accounts", AnswerSchema.List(account)),
            ("account_count", AnswerSchema.Integer("Accounts in this answer.")),
            ("directory", DirectoryMembers.Schema()),
            .. AnswerSchema.Rest(),
            AnswerSchema.Failures(),
        ]);
    }

    private protected override async Task<Refusal?> AnswerAsync(
        ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (!setting.Tokens.TryContinue(arguments.Of(NextTokenArgument.Only), NextToken.HashOf(Name), out var start, out var refusal))
        {
            return refusal;
        }

        if (start.PageToken.Length > 0 && !AccountId.TryParse(start.PageToken, out _))
        {
            return NextTokens.Damaged;
        }

        var listing = await setting.Services.WayIn.ListAsync(AccountDetail.Units, setting.Use, cancellationToken);
        if (listing.Refusal is not null)
        {
            return listing.Refusal;
        }

        var page = After(listing.Accounts, start.PageToken, arguments.Of(Limit), out var more);
        var access = arguments.Of(CheckAccess) ? await AccessCheck.OfAsync(page, setting, cancellationToken) : null;
        IReadOnlyList<Failure> failures = listing.RefreshFailure is { } stale ? [new Failure("accounts", stale)] : [];
        Write(page, access, more ? start with { PageToken = page[^1].Id.ToString() } : null, failures, setting.Place, setting.Tokens, json => DirectoryMembers.Write(listing, setting.Services.Time, json), output);
        return null;
    }

    private static List<Account> After(IReadOnlyList<Account> accounts, string last, int limit, out bool more)
    {
        var from = AccountId.TryParse(last, out var id) ? accounts.TakeWhile(account => account.Id <= id).Count() : 0;
        more = accounts.Count - from > limit;
        return [.. accounts.Skip(from).Take(limit)];
    }

    private static void Write(
        List<Account> page, IReadOnlyList<Refusal?>? access, NextToken? next, IReadOnlyList<Failure> failures, AnswerPlace place, NextTokens tokens,
        Action<Utf8JsonWriter> directory,
        IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        json.WriteStartObject();
        json.WriteStartArray("accounts"u8);
        for (var index = 0; index < page.Count; index++)
        {
            json.WriteStartObject();
            AccountMembers.Write(page[index], json);
            if (access is not null)
            {
                AccessCheck.Write(access[index], json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("account_count"u8, page.Count);
        directory(json);
        NextToken.WriteEnd(next, tokens, json);
        Failure.WriteAll(failures, place, json);
        json.WriteEndObject();
    }
}
