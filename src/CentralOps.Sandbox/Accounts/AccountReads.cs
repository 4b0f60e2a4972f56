using System.Text.Json.Nodes;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Accounts;

internal sealed class GetAccountInformation(Estate estate) : AccountOperation(estate)
{
    public override string Name => "GetAccountInformation";

    protected override OperationAnswer Answer(OperationCall call, Account account) => new JsonObject
    {
        ["AccountId"] = account.Id,
        ["AccountName"] = account.Name,
        ["AccountCreatedDate"] = account.JoinedAt.UtcDateTime,
        ["AccountState"] = account.Status == AccountStatus.Active ? "ACTIVE" : "SUSPENDED",
    };
}

/// <summary>The security contact is the only one that anybody has filled in.</summary>
internal sealed class GetAlternateContact(Estate estate) : AccountOperation(estate)
{
    public override string Name => "GetAlternateContact";

    protected override OperationAnswer Answer(OperationCall call, Account account) => call.Text("AlternateContactType") switch
    {
        "SECURITY" => new JsonObject { ["AlternateContact"] = AccountShape.SecurityContact(account) },
        "BILLING" or "OPERATIONS" => new ServiceError("ResourceNotFoundException", "No contact of the inputted alternate contact type found.", 404),
        var type => new ServiceError("ValidationException", $"1 validation error detected: Value '{type}' at 'alternateContactType' failed to satisfy constraint: Member must satisfy enum value set: [OPERATIONS, SECURITY, BILLING]"),
    };
}

internal sealed class GetRegionOptStatus(Estate estate) : AccountOperation(estate)
{
    public override string Name => "GetRegionOptStatus";

    protected override OperationAnswer Answer(OperationCall call, Account account) => Region.ByName.TryGetValue(call.Text("RegionName") ?? "", out var region)
        ? AccountShape.Of(Estate, account, region)
        : new ServiceError("ValidationException", $"The region {call.Text("RegionName")} is not one of this partition.");
}

internal sealed class ListRegions(Estate estate, PageTokens tokens) : AccountOperation(estate)
{
    private static readonly PageRules Pages = new()
    {
        Default = 50,
        Max = 50,
        BadLimit = static asked => new("ValidationException", $"1 validation error detected: Value '{asked}' at 'maxResults' failed to satisfy constraint: Member must have value between 1 and 50"),
        BadToken = new("ValidationException", "The next token is not one that this operation gave."),
    };

    public override string Name => "ListRegions";

    protected override OperationAnswer Answer(OperationCall call, Account account)
    {
        var wanted = call.Texts("RegionOptStatusContains");
        var regions = Region.All.Where(region => wanted.Count == 0 || wanted.Contains(AccountShape.OptStatus(Estate, account, region), StringComparer.Ordinal)).ToArray();
        var (page, error) = Page<Region>.Of(call, Pages, $"{Name}/{account.Id}/{string.Join(',', wanted)}", regions, tokens);
        return page is null
            ? error!
            : new JsonObject { ["Regions"] = JsonList.Of(page.Items, region => AccountShape.Of(Estate, account, region)), ["NextToken"] = page.Next };
    }
}
