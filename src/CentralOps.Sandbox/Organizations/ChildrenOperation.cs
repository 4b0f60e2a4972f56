using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

/// <summary>Lists what the root or a unit holds directly.</summary>
internal abstract class ChildrenOperation(Estate estate) : OrganizationOperation(estate)
{
    protected sealed override OperationAnswer Answer(OperationCall call)
    {
        if (Missing(call, "ParentId", out var parentId) is { } missing)
        {
            return missing;
        }

        var known = string.Equals(parentId, Estate.RootId, StringComparison.Ordinal) || Estate.TryFindUnit(parentId, out _);
        return known
            ? AnswerChildren(call, parentId)
            : new ServiceError("ParentNotFoundException", "You specified parent that doesn't exist.");
    }

    protected abstract OperationAnswer AnswerChildren(OperationCall call, string parentId);
}
