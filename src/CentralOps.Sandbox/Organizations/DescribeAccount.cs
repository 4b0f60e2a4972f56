using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

internal sealed class DescribeAccount(Estate estate) : OrganizationOperation(estate)
{
    public override string Name => "DescribeAccount";

    protected override OperationAnswer Answer(OperationCall call)
    {
        if (Missing(call, "AccountId", out var id) is { } missing)
        {
            return missing;
        }

        if (!Estate.TryFindAccount(id, out var account))
        {
            return new ServiceError("AccountNotFoundException", "You specified an account that doesn't exist.");
        }

        return OperationAnswer.Of((Estate, account), static (json, found) =>
        {
            json.WriteStartObject("Account");
            AccountShape.Write(json, found.Estate, found.account);
            json.WriteEndObject();
        });
    }
}
