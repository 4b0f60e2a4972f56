using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Identity;

/// <summary>sts:GetCallerIdentity: everybody may ask who they are, whatever their policies say.</summary>
internal sealed class GetCallerIdentity : Operation
{
    public override string Name => "GetCallerIdentity";

    public override string? Action => null;

    public override ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken) =>
        new(OperationAnswer.Of(call.Caller, static (json, caller) =>
        {
            json.WriteString("UserId", caller.UserId);
            json.WriteString("Account", caller.AccountId);
            json.WriteString("Arn", caller.Arn);
        }));
}
