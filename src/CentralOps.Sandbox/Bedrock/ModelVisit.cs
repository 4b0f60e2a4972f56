using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Bedrock;

/// <summary>The way to a model that both operations share: is the model there, is the conversation one, what does the script say.</summary>
internal static class ModelVisit
{
    /// <summary>The turn, or why there is none.</summary>
    public static async ValueTask<(ModelRequest Request, ModelTurn? Turn, ServiceError? Refused)> AskAsync(
        ModelScript script, OperationCall call, bool streams, TimeProvider time, CancellationToken cancellationToken)
    {
        // The call's input ends with the call; what a script keeps has to stay.
        var request = new ModelRequest(call.Text("modelId") ?? "", call.Caller.Arn, call.Region, streams, call.Input.Clone());
        if (!script.ServesEveryModel && request.ModelId is not ModelScript.EchoModel)
        {
            return (request, null, new ServiceError("ValidationException", "The provided model identifier is invalid."));
        }

        if (ConversationRules.Check(request.Input) is { } refused)
        {
            return (request, null, refused);
        }

        var turn = await script.AnswerAsync(request, cancellationToken);
        if (turn.Delay > TimeSpan.Zero)
        {
            await Task.Delay(turn.Delay, time, cancellationToken);
        }

        return turn.Refusal is { } refusal
            ? (request, null, new ServiceError(refusal.Code, refusal.Message, refusal.Status))
            : (request, turn, null);
    }
}
