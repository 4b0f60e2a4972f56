using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

internal sealed class ListParents(Estate estate, PageTokens tokens) : OrganizationOperation(estate)
{
    public override string Name => "ListParents";

    protected override OperationAnswer Answer(OperationCall call)
    {
        if (Missing(call, "ChildId", out var childId) is { } missing)
        {
            return missing;
        }

        if (ParentOf(childId) is not { } parent)
        {
            return new ServiceError("ChildNotFoundException", "You specified a child that doesn't exist.");
        }

        var (page, error) = OrganizationPage<string>.Of(call, Name, childId, [parent], tokens);
        return page is null ? error! : page.Answer("Parents", (json, id) =>
        {
            json.WriteString("Id", id);
            json.WriteString("Type", string.Equals(id, Estate.RootId, StringComparison.Ordinal) ? "ROOT" : "ORGANIZATIONAL_UNIT");
        });
    }

    private string? ParentOf(string childId)
    {
        if (Estate.TryFindAccount(childId, out var account))
        {
            return account.ParentId;
        }

        return Estate.TryFindUnit(childId, out var unit) ? unit.ParentId : null;
    }
}
