using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Accounts;

/// <summary>An operation of AWS Account Management: on the caller's account, or by an administrator of the organization on a member.</summary>
internal abstract class AccountOperation(Estate estate) : Operation
{
    public sealed override string Action => "account:" + Name;

    protected Estate Estate { get; } = estate;

    public sealed override string Resource(OperationCall call) => call.Text("AccountId") is { } member
        ? $"arn:aws:account::{Estate.ManagementAccount.Id}:account/{Estate.OrganizationId}/{member}"
        : $"arn:aws:account::{call.Caller.AccountId}:account";

    public sealed override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var id = call.Text("AccountId") ?? call.Caller.AccountId;
        var own = string.Equals(id, call.Caller.AccountId, StringComparison.Ordinal);
        if (call.Text("AccountId") is not null && (own || !Estate.IsAdministrator(call.Caller.AccountId)))
        {
            // One's own account is asked for without its id.
            return new(new ServiceError("AccessDeniedException", $"User: {call.Caller.Arn} is not authorized to perform: {Action} (Your organization must first enable trusted access with AWS Account Management, and the caller must administer it.)", 403));
        }

        return new(Estate.TryFindAccount(id, out var account)
            ? Answer(call, account)
            : new ServiceError("ValidationException", $"The account {id} is not a member of the organization."));
    }

    protected abstract OperationAnswer Answer(OperationCall call, Account account);
}
