using System.Buffers;
using System.Text.Json;
using CentralOps.Access.Callers;
using CentralOps.Accounts.Credentials;
using CentralOps.Accounts.Entry;
using CentralOps.Accounts.Refusals;
using CentralOps.Aws.Endpoints;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;

namespace CentralOps.Accounts.Directory;

/// <summary>The accounts as AWS Organizations has them, read through the target role of one account that may read there.</summary>
/// <param name="reader">The management account, or a delegated administrator.</param>
public sealed class OrganizationsSource(Entrance entrance, AccountId reader, RegionName region) : IAccountSource
{
    private static readonly Projection AccountItems = Projection.Items(
        "Accounts", Field.Value("Id"), Field.Value("Name"), Field.Value("Status"), Field.Value("State"), Field.Value("Email"));

    private static readonly ToolUse Use = new(
        Caller.Local with { Principal = SessionIdentity.DirectoryName },
        "directory",
        [
            "organizations:DescribeAccount", "organizations:ListAccounts", "organizations:ListAccountsForParent",
            "organizations:ListOrganizationalUnitsForParent", "organizations:ListRoots",
        ]);

    // Apart, so that a role that may list accounts and not their tags goes on serving everybody else.
    private static readonly ToolUse UseWithTags = Use with { Operations = [.. Use.Operations, "organizations:ListTagsForResource"] };

    public string Name => "organizations";

    public async Task<AccountRead> ReadAsync(AccountId id, CancellationToken cancellationToken)
    {
        var entered = await EnterAsync(Use, cancellationToken);
        if (entered.Account is not { } door)
        {
            return new AccountRead(null, new Refusal.DirectoryUnavailable(entered.Refusal!));
        }

        var output = new ArrayBufferWriter<byte>(1024);
        var input = OrganizationsInput.Of("AccountId"u8, id.ToString());
        var outcome = await door.CallAsync(Operation("DescribeAccount"), input, new Transcription(output), cancellationToken);
        return outcome.Refusal switch
        {
            Refusal.ServiceFailed { Failure.Code: "AccountNotFoundException" } => default,
            { } refusal => new AccountRead(null, new Refusal.DirectoryUnavailable(refusal)),

            // An answer about another account is none about this one: its role must not be knocked at in this one's name.
            null => new AccountRead(ReadDescribed(output.WrittenMemory) is { } account && account.Id == id ? account : null, null),
        };
    }

    public async Task<AccountsRead> ReadAllAsync(AccountDetail detail, CancellationToken cancellationToken)
    {
        var withTags = detail.HasFlag(AccountDetail.Tags);
        var entered = await EnterAsync(withTags ? UseWithTags : Use, cancellationToken);
        if (entered.Account is not { } door)
        {
            return AccountsRead.Refused(new Refusal.DirectoryUnavailable(entered.Refusal!));
        }

        using var tree = new UnitTree(door);
        var walk = detail.HasFlag(AccountDetail.Units) ? tree.ReadAsync(cancellationToken) : Task.FromResult(UnitTree.Unread);
        var items = new ArrayBufferWriter<byte>(16 * 1024);
        var list = await OrganizationsPages.ReadAsync(door, Operation("ListAccounts"), about: null, AccountItems, items, cancellationToken);
        var units = await walk;
        if ((list.Refusal ?? units.Refusal) is { } refusal)
        {
            return AccountsRead.Refused(new Refusal.DirectoryUnavailable(refusal));
        }

        using var document = JsonDocument.Parse(items.WrittenMemory);
        var accounts = new List<Account>(document.RootElement.GetArrayLength());
        foreach (var item in document.RootElement.EnumerateArray())
        {
            if (Read(item) is { } account)
            {
                accounts.Add(units.Paths.TryGetValue(account.Id, out var path) ? account with { OrganizationalUnit = path } : account);
            }
        }

        var read = units.WereRead ? AccountDetail.Units : AccountDetail.None;
        if (!withTags)
        {
            return new AccountsRead(accounts, null) { Detail = read, Source = Name };
        }

        var tagged = await AccountTags.ReadAsync(door, accounts, cancellationToken);
        return tagged.Refusal is { } untold
            ? AccountsRead.Refused(new Refusal.DirectoryUnavailable(untold))
            : tagged with { Detail = read | tagged.Detail, Source = Name };
    }

    public async Task<TagsRead> ReadTagsAsync(AccountId id, CancellationToken cancellationToken)
    {
        var entered = await EnterAsync(UseWithTags, cancellationToken);
        return entered.Account is { } door
            ? await AccountTags.ReadOneAsync(door, id, cancellationToken)
            : new TagsRead(null, new Refusal.DirectoryUnavailable(entered.Refusal!));
    }

    private Task<Entered> EnterAsync(ToolUse use, CancellationToken cancellationToken) =>
        entrance.EnterAsync(new Account { Id = reader, Name = "the directory's account" }, region, use, cancellationToken);

    private static Account? ReadDescribed(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("Account"u8, out var account) ? Read(account) : null;
    }

    /// <summary>Names and addresses are other people's text: shaped as soon as they are read.</summary>
    private static Account? Read(JsonElement item) =>
        AccountId.TryParse(Text(item, "Id"u8), out var id)
            ? new Account
            {
                Id = id,
                Name = PlainText.Data(Text(item, "Name"u8) ?? ""),

                // AWS has announced State in the place of Status; it answers both for now.
                Status = PlainText.Line(Text(item, "Status"u8) ?? Text(item, "State"u8) ?? Account.Active, 40),
                Email = Text(item, "Email"u8) is { } email ? PlainText.Data(email) : null,
            }
            : null;

    private static string? Text(JsonElement item, ReadOnlySpan<byte> name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static OperationModel Operation(string name) => ModelLibrary.Operation("organizations", name);
}
