using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Organizations;

/// <summary>
/// An operation on the organization. Only the management account and delegated administrators may ask, whatever their policies say.
/// https://docs.aws.amazon.com/organizations/latest/APIReference
/// </summary>
internal abstract class OrganizationOperation(Estate estate) : Operation
{
    public override string Action => "organizations:" + Name;

    protected Estate Estate { get; } = estate;

    /// <summary>Open to every member, not only to those who administer.</summary>
    protected virtual bool OpenToMembers => false;

    public sealed override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        return new(Estate.IsAdministrator(call.Caller.AccountId) || OpenToMembers
            ? Answer(call)
            : new ServiceError("AccessDeniedException", "You don't have permissions to access this resource."));
    }

    protected abstract OperationAnswer Answer(OperationCall call);

    protected string Arn(string resource) => $"arn:aws:organizations::{Estate.ManagementAccount.Id}:{resource}";

    /// <summary>A member that has to be there; its absence is the error.</summary>
    protected static ServiceError? Missing(OperationCall call, string member, out string value)
    {
        value = call.Text(member) ?? "";
        return value.Length > 0
            ? null
            : new ServiceError("InvalidInputException", $"You specified an invalid value: {member} is required.");
    }
}
