using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

internal sealed class ListRoots(Estate estate, PageTokens tokens) : OrganizationOperation(estate)
{
    public override string Name => "ListRoots";

    protected override OperationAnswer Answer(OperationCall call)
    {
        var (page, error) = OrganizationPage<Estate>.Of(call, Name, "", [Estate], tokens);
        return page is null ? error! : page.Answer("Roots", AccountShape.WriteRoot);
    }
}
