using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

internal sealed class ListTagsForResource(Estate estate, PageTokens tokens) : OrganizationOperation(estate)
{
    public override string Name => "ListTagsForResource";

    protected override OperationAnswer Answer(OperationCall call)
    {
        if (Missing(call, "ResourceId", out var id) is { } missing)
        {
            return missing;
        }

        if (TagsOf(id) is not { } tags)
        {
            return new ServiceError("TargetNotFoundException", "You specified a target that doesn't exist.");
        }

        var (page, error) = OrganizationPage<Tag>.Of(call, Name, id, tags, tokens);
        return page is null ? error! : page.Answer("Tags", static (json, tag) =>
        {
            json.WriteString("Key", tag.Key);
            json.WriteString("Value", tag.Value);
        });
    }

    private IReadOnlyList<Tag>? TagsOf(string id)
    {
        if (Estate.TryFindAccount(id, out var account))
        {
            return account.Tags;
        }

        if (Estate.TryFindUnit(id, out var unit))
        {
            return unit.Tags;
        }

        return string.Equals(id, Estate.RootId, StringComparison.Ordinal) ? [] : null;
    }
}
