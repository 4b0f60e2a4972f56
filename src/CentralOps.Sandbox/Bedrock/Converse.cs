using System.Text.Json;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Bedrock;

/// <summary>https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html</summary>
internal sealed class Converse(ModelScript script, TimeProvider time) : Operation
{
    public override string Name => "Converse";

    public override string Action => "bedrock:InvokeModel";

    public override string Resource(OperationCall call) => ModelArn.Of(call);

    public override async ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        var (request, turn, refused) = await ModelVisit.AskAsync(script, call, streams: false, time, cancellationToken);
        if (turn is null)
        {
            return refused!;
        }

        if (turn.Blocks.OfType<ModelBlock.ToolUse>().Any(use => !IsJson(use.Input)))
        {
            return new ServiceError("ModelErrorException", "The model produced an invalid sequence as part of ToolUse. Try again.", 424);
        }

        return OperationAnswer.Of((call, request, turn), static (json, made) => Write(json, made.call, made.request, made.turn));
    }

    private static void Write(Utf8JsonWriter json, OperationCall call, ModelRequest request, ModelTurn turn)
    {
        json.WriteStartObject("output");
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        for (var at = 0; at < turn.Blocks.Count; at++)
        {
            WriteBlock(json, turn.Blocks[at], call.RequestId, at);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("stopReason", TurnText.StopReasonOf(turn));
        TurnText.WriteUsage(json, TurnText.UsageOf(turn, request));
        json.WriteStartObject("metrics");
        json.WriteNumber("latencyMs", (long)turn.Delay.TotalMilliseconds + 1);
        json.WriteEndObject();
    }

    private static void WriteBlock(Utf8JsonWriter json, ModelBlock block, string requestId, int index)
    {
        json.WriteStartObject();
        switch (block)
        {
            case ModelBlock.Text text:
                json.WriteString("text", text.Words);
                break;
            case ModelBlock.ToolUse use:
                json.WriteStartObject("toolUse");
                json.WriteString("toolUseId", TurnText.IdOf(use, requestId, index));
                json.WriteString("name", use.Name);
                json.WritePropertyName("input");
                json.WriteRawValue(use.Input);
                json.WriteEndObject();
                break;
            case ModelBlock.Reasoning reasoning:
                json.WriteStartObject("reasoningContent");
                json.WriteStartObject("reasoningText");
                json.WriteString("text", reasoning.Words);
                json.WriteString("signature", reasoning.Signature);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return parsed.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
