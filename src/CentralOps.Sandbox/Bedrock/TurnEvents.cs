using System.Text.Json;

namespace CentralOps.Sandbox.Bedrock;

/// <summary>A turn as the events of ConverseStream, in Bedrock's order: text comes without a start, a tool's input as fragments of JSON text.</summary>
internal static class TurnEvents
{
    private const int TextPiece = 24;
    private const int InputPiece = 9;

    public static IEnumerable<(string Name, ReadOnlyMemory<byte> Json)> Of(ModelTurn turn, ModelRequest request, string requestId)
    {
        yield return ("messageStart", Json(json => json.WriteString("role", "assistant")));
        for (var at = 0; at < turn.Blocks.Count; at++)
        {
            foreach (var part in Block(turn.Blocks[at], at, requestId))
            {
                yield return part;
            }

            var index = at;
            yield return ("contentBlockStop", Json(json => json.WriteNumber("contentBlockIndex", index)));
        }

        yield return ("messageStop", Json(json => json.WriteString("stopReason", TurnText.StopReasonOf(turn))));
        yield return ("metadata", Json(json =>
        {
            TurnText.WriteUsage(json, TurnText.UsageOf(turn, request));
            json.WriteStartObject("metrics");
            json.WriteNumber("latencyMs", (long)turn.Delay.TotalMilliseconds + 1);
            json.WriteEndObject();
        }));
    }

    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Json)> Block(ModelBlock block, int index, string requestId)
    {
        switch (block)
        {
            case ModelBlock.Text text:
                foreach (var piece in TurnText.Pieces(text.Words, TextPiece))
                {
                    yield return Delta(index, json => json.WriteString("text", piece));
                }

                break;
            case ModelBlock.ToolUse use:
                yield return ("contentBlockStart", Json(json =>
                {
                    json.WriteStartObject("start");
                    json.WriteStartObject("toolUse");
                    json.WriteString("toolUseId", TurnText.IdOf(use, requestId, index));
                    json.WriteString("name", use.Name);
                    json.WriteEndObject();
                    json.WriteEndObject();
                    json.WriteNumber("contentBlockIndex", index);
                }));
                // A tool without input gets one empty fragment, as Bedrock sends it.
                foreach (var piece in use.Input is "{}" ? [""] : TurnText.Pieces(use.Input, InputPiece))
                {
                    yield return Delta(index, json => Wrapped(json, "toolUse", "input", piece));
                }

                break;
            case ModelBlock.Reasoning reasoning:
                foreach (var piece in TurnText.Pieces(reasoning.Words, TextPiece))
                {
                    yield return Delta(index, json => Wrapped(json, "reasoningContent", "text", piece));
                }

                yield return Delta(index, json => Wrapped(json, "reasoningContent", "signature", reasoning.Signature));
                break;
        }
    }

    private static (string Name, ReadOnlyMemory<byte> Json) Delta(int index, Action<Utf8JsonWriter> delta) => ("contentBlockDelta", Json(json =>
    {
        json.WriteStartObject("delta");
        delta(json);
        json.WriteEndObject();
        json.WriteNumber("contentBlockIndex", index);
    }));

    private static void Wrapped(Utf8JsonWriter json, string wrapper, string name, string value)
    {
        json.WriteStartObject(wrapper);
        json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
