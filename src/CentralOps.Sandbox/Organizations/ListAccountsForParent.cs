using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

internal sealed class ListAccountsForParent(Estate estate, PageTokens tokens) : ChildrenOperation(estate)
{
    public override string Name => "ListAccountsForParent";

    protected override OperationAnswer AnswerChildren(OperationCall call, string parentId)
    {
        var children = Estate.AccountsUnder(parentId);
        var (page, error) = OrganizationPage<Account>.Of(call, Name, parentId, children, tokens);
        return page is null ? error! : page.Answer("Accounts", (json, account) => AccountShape.Write(json, Estate, account));
    }
}
