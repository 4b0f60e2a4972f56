using System.Runtime.CompilerServices;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.EventStreams;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Bedrock;

/// <summary>https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html</summary>
internal sealed class ConverseStream(ModelScript script, TimeProvider time) : Operation
{
    private static readonly OperationModel Model = ModelLibrary.Operation("bedrock-runtime", "ConverseStream");

    public override string Name => "ConverseStream";

    public override string Action => "bedrock:InvokeModelWithResponseStream";

    public override string Resource(OperationCall call) => ModelArn.Of(call);

    public override async ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var (request, turn, refused) = await ModelVisit.AskAsync(script, call, streams: true, time, cancellationToken);
        return turn is null ? refused! : OperationAnswer.Stream(EventsAsync(request, turn, call.RequestId, cancellationToken));
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> EventsAsync(
        ModelRequest request, ModelTurn turn, string requestId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var (name, json) in TurnEvents.Of(turn, request, requestId))
        {
            if (turn.Fault is { } fault && sent == fault.AfterEvents)
            {
                var broken = EventEncoder.Event(Model, name, json);
                yield return fault.Exception is { } exception ? EventEncoder.Exception(Model, exception, fault.Message) : broken[..(broken.Length / 2)];
                yield break;
            }

            if (sent++ > 0 && turn.Pace > TimeSpan.Zero)
            {
                await Task.Delay(turn.Pace, time, cancellationToken);
            }

            yield return EventEncoder.Event(Model, name, json);
        }
    }
}
