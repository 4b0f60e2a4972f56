using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Accounts.Directory;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Arguments;
using CentralOps.Tools.Resources;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Organization;

/// <summary>What the organization knows of one account, and what the account says of itself; a part that fails is told beside the rest.</summary>
internal sealed class GetAccountMetadata : Tool
{
    private const string Aliases = "iam:ListAccountAliases";
    private const string Information = "account:GetAccountInformation";
    private const string Regions = "account:ListRegions";

    public override string Name => "get_account_metadata";

    public override string Subject => "accounts";

    public override IReadOnlyList<string> Operations { get; } = [Information, Regions, Aliases, .. DirectoryOperations.All];

    private protected override string Description =>
        "Get one AWS account: name, status, email, organizational unit, tags, alias, creation date and the regions enabled in it. Read-only.";

    private protected override string Example => """{"account_id": "222222222222"}""";

    private protected override IReadOnlyList<Argument> Arguments { get; } = [AccountArgument.Only];

    private protected override JsonObject Answer()
    {
        var account = AccountMembers.Schema();
        var own = AnswerSchema.Object(
            ("Tags", AnswerSchema.Map(AnswerSchema.Text())),
            ("AccountAliases", AnswerSchema.Nullable(AnswerSchema.List(AnswerSchema.Text()))),
            ("AccountCreatedDate", AnswerSchema.OptionalText()),
            ("EnabledRegions", AnswerSchema.Nullable(AnswerSchema.List(AnswerSchema.Text()))));
        foreach (var (name, schema) in own["properties"]!.AsObject())
        {
            account["properties"]![name] = schema!.DeepClone();
            account["required"]!.AsArray().Add((JsonNode)name);
        }

        return AnswerSchema.Object([.. AnswerSchema.Place(), ("account", account), AnswerSchema.Failures()]);
    }

    private protected override async Task<Refusal?> AnswerAsync(
        ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        // 1. What the organization knows. A list with units costs more calls than one account; it is kept, and every tool uses it.
        var directory = setting.Services.Directory;
        var found = await setting.Services.WayIn.FindAsync(arguments.Of(AccountArgument.Only), setting.Use, cancellationToken);
        if (found.Account is not { } account)
        {
            return found.Refusal;
        }

        setting.Place.Account = account.Id.ToString();
        var failures = new List<Failure>();
        var listing = await directory.ListAsync(AccountDetail.Units, cancellationToken);
        if (listing.Refusal is { } unlisted)
        {
            failures.Add(new Failure("OrganizationalUnit", unlisted));
        }

        account = listing.Accounts.FirstOrDefault(listed => listed.Id == account.Id) ?? account;

        // 2. What the account says of itself.
        var opened = await setting.Services.WayIn.OpenAsync(account, setting.Services.Home, setting.Use, cancellationToken);
        OwnWords own = default;
        if (opened.Door is { } door)
        {
            own = await AskAsync(door, failures, cancellationToken);
        }
        else
        {
            failures.Add(new Failure("AccountAliases, AccountCreatedDate, EnabledRegions", opened.Refusal!));
        }

        Write(account, own, failures, setting.Place, output);
        return null;
    }

    private static async Task<OwnWords> AskAsync(OpenAccount door, List<Failure> failures, CancellationToken cancellationToken)
    {
        var aliases = WholeAnswer.AskAsync(door, Aliases, static _ => { }, cancellationToken);
        var information = WholeAnswer.AskAsync(door, Information, static _ => { }, cancellationToken);
        var regions = EnabledRegions.ReadAsync(door, Regions, cancellationToken);
        await Task.WhenAll(aliases, information, regions);
        Note("AccountAliases", (await aliases).Refusal, failures);
        Note("AccountCreatedDate", (await information).Refusal, failures);
        Note("EnabledRegions", (await regions).Refusal, failures);
        return new OwnWords(
            (await aliases).Refusal is null ? [.. (await aliases).List("AccountAliases").Select(static alias => alias.GetString()!)] : null,
            (await information).Text("AccountCreatedDate"),
            (await regions).Names);
    }

    private static void Note(string part, Refusal? refusal, List<Failure> failures)
    {
        if (refusal is not null)
        {
            failures.Add(new Failure(part, refusal));
        }
    }

    private static void Write(Account account, OwnWords own, List<Failure> failures, AnswerPlace place, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, RefusalAnswer.Json);
        json.WriteStartObject();
        place.Write(json);
        json.WriteStartObject("account"u8);
        AccountMembers.Write(account, json);
        json.WriteStartObject("Tags"u8);
        foreach (var (key, value) in account.Tags)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
        Write("AccountAliases"u8, own.Aliases, json);
        json.WriteString("AccountCreatedDate"u8, own.CreatedDate);
        Write("EnabledRegions"u8, own.Regions, json);
        json.WriteEndObject();
        Failure.WriteAll(failures, place, json);
        json.WriteEndObject();
    }

    private static void Write(ReadOnlySpan<byte> name, IReadOnlyList<string>? texts, Utf8JsonWriter json)
    {
        if (texts is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private readonly record struct OwnWords(IReadOnlyList<string>? Aliases, string? CreatedDate, IReadOnlyList<string>? Regions);
}
