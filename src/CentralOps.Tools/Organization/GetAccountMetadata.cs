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
internal sealed class GetAccountMetadata : ThingTool
{
    private const string Aliases = "iam:ListAccountAliases";
    private const string Information = "account:GetAccountInformation";
    private const string Regions = "account:ListRegions";

    public override string Name => "get_account_metadata";

    public override string Subject => "accounts";

    internal override bool EntersItself => true;

    private protected override IReadOnlyList<string> OwnOperations { get; } = [Information, Regions, Aliases, .. DirectoryOperations.All, "organizations:ListTagsForResource"];

    private protected override string Description =>
        "Get one AWS account: name, status, email, organizational unit, tags, alias, creation date and the regions enabled in it. Read-only.";

    private protected override string Example => """{"account_id": "222222222222"}""";

    private protected override string Noun => "account";

    private protected override Argument? Region => null;

    private protected override IReadOnlyList<Argument> Own => [];

    private protected override JsonObject ThingSchema()
    {
        var account = AccountMembers.Schema();
        var own = AnswerSchema.Object(
            ("Tags", AnswerSchema.Nullable(AnswerSchema.Map(AnswerSchema.Text(), "In AWS Organizations; null where they could not be read."))),
            ("AccountAliases", AnswerSchema.Nullable(AnswerSchema.List(AnswerSchema.Text()))),
            ("AccountCreatedDate", AnswerSchema.OptionalText()),
            ("EnabledRegions", AnswerSchema.Nullable(AnswerSchema.List(AnswerSchema.Text()))));
        foreach (var (name, schema) in own["properties"]!.AsObject())
        {
            account["properties"]![name] = schema!.DeepClone();
            account["required"]!.AsArray().Add((JsonNode)name);
        }

        return account;
    }

    private protected override async Task<Refusal?> AnswerOneAsync(
        ArgumentValues arguments, ToolSetting setting, IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        var found = await setting.Services.WayIn.FindAsync(arguments.Of(AccountArgument.Only)!, setting.Use, cancellationToken);
        if (found.Account is not { } account)
        {
            return found.Refusal;
        }

        setting.Place.Account = account.Id.ToString();
        return await AnswerAsync(new PlaceAsked(account, null, arguments, setting, setting.Services.Time.GetUtcNow()), output, cancellationToken);
    }

    private protected override async Task<ThingRead> ReadAsync(PlaceAsked place, CancellationToken cancellationToken)
    {
        // 1. What the organization knows. A list with units costs more calls than one account; it is kept, and every tool uses it.
        var (setting, account) = (place.Setting, place.Account);
        var directory = setting.Services.Directory;
        var failures = new List<Failure>();
        var tagging = directory.ReadTagsAsync(account.Id, cancellationToken);
        var listing = await directory.ListAsync(AccountDetail.Units, cancellationToken);
        var tags = await tagging;
        Note("OrganizationalUnit", listing.Refusal, failures);
        Note("Tags", tags.Refusal, failures);
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

        return Of(json => Write(account, tags.Tags, own, json), failures);
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

    private static void Write(Account account, IReadOnlyDictionary<string, string>? tags, OwnWords own, Utf8JsonWriter json)
    {
        AccountMembers.Write(account, json);
        WriteTags(tags, json);
        Write("AccountAliases"u8, own.Aliases, json);
        json.WriteString("AccountCreatedDate"u8, own.CreatedDate);
        Write("EnabledRegions"u8, own.Regions, json);
    }

    private static void WriteTags(IReadOnlyDictionary<string, string>? tags, Utf8JsonWriter json)
    {
        if (tags is null)
        {
            json.WriteNull("Tags"u8);
            return;
        }

        json.WriteStartObject("Tags"u8);
        foreach (var (key, value) in tags)
        {
            json.WriteString(key, value);
        }

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
