using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

internal sealed class ListAccounts(Estate estate, PageTokens tokens) : OrganizationOperation(estate)
{
    public override string Name => "ListAccounts";

    protected override OperationAnswer Answer(OperationCall call)
    {
        var (page, error) = OrganizationPage<Account>.Of(call, Name, "", Estate.Accounts, tokens);
        return page is null ? error! : page.Answer("Accounts", (json, account) => AccountShape.Write(json, Estate, account));
    }
}
