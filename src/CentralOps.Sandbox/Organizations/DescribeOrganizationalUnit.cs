using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

internal sealed class DescribeOrganizationalUnit(Estate estate) : OrganizationOperation(estate)
{
    public override string Name => "DescribeOrganizationalUnit";

    protected override OperationAnswer Answer(OperationCall call)
    {
        if (Missing(call, "OrganizationalUnitId", out var id) is { } missing)
        {
            return missing;
        }

        if (!Estate.TryFindUnit(id, out var unit))
        {
            return new ServiceError("OrganizationalUnitNotFoundException", "You specified an organizational unit that doesn't exist.");
        }

        return OperationAnswer.Of((Estate, unit), static (json, found) =>
        {
            json.WriteStartObject("OrganizationalUnit");
            AccountShape.Write(json, found.Estate, found.unit);
            json.WriteEndObject();
        });
    }
}
