using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

internal sealed class ListOrganizationalUnitsForParent(Estate estate, PageTokens tokens) : ChildrenOperation(estate)
{
    public override string Name => "ListOrganizationalUnitsForParent";

    protected override OperationAnswer AnswerChildren(OperationCall call, string parentId)
    {
        var children = Estate.UnitsUnder(parentId);
        var (page, error) = OrganizationPage<OrganizationalUnit>.Of(call, Name, parentId, children, tokens);
        return page is null ? error! : page.Answer("OrganizationalUnits", (json, unit) => AccountShape.Write(json, Estate, unit));
    }
}
