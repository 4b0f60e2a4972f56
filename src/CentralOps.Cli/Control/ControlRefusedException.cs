using CentralOps.Aws.Calls;
using CentralOps.Cli.Terminal;

namespace CentralOps.Cli.Control;

/// <summary>A control plane that did not do what it was asked: its error class, what it says of each member, and what helps.</summary>
internal sealed class ControlRefusedException(AwsFailure failure, IReadOnlyList<(string Name, string Message)> fields) : Exception(failure.Code)
{
    public string Code => failure.Code;

    /// <summary>What was asked and what came of it, in a sentence.</summary>
    public string Words => failure.Kind == FailureKind.Network
        ? $"{failure.Operation} got no answer ({failure.Code}): {failure.Message}"
        : $"{failure.Operation} was refused: {failure.Code}: {failure.Message}";

    public void Say(Screen screen)
    {
        screen.Say(Words);
        foreach (var (name, message) in fields)
        {
            screen.Say($"  {name}: {message}");
        }

        screen.SayUnbroken($"Remedy: {Remedy()}");
    }

    /// <summary>What helps.</summary>
    public string Remedy() =>
        (failure.Kind, failure.Code) switch
        {
            (FailureKind.Network, _) => "see whether the control plane runs ('centralops status'), or correct --endpoint.",
            (_, "ConflictException") => "see what is there (list, get): choose another name, wait until what is under way has ended, or delete first what still hangs on it.",
            (_, "ServiceQuotaExceededException") => "delete what is not needed any more, or ask for a higher quota.",
            (FailureKind.NotFound, _) => "see what there is: 'centralops gateway list', 'centralops target list', 'centralops credential list'.",
            (FailureKind.Throttling, _) => "try again in a moment.",
            (FailureKind.Access, _) => $"use credentials that may do bedrock-agentcore:{failure.Operation}.",
            (FailureKind.Credentials, _) => "sign in again, or name other credentials with --profile.",
            (FailureKind.Validation, _) => "correct what is named; --help of this command shows its forms.",
            _ => $"try again; if it stays so, report it with the request id {failure.RequestId ?? "(none)"}.",
        };
}
