using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Tools.Answers;
using CentralOps.Tools.Schemas;

namespace CentralOps.Tools.Resources;

/// <summary>A tool that tells one thing, of which parts may be missing.</summary>
internal abstract class ThingTool : AccountTool
{
    /// <summary>What the thing is called in the answer.</summary>
    private protected abstract string Noun { get; }

    private protected abstract JsonObject ThingSchema();

    private protected sealed override JsonObject Answer() => AnswerSchema.Object([.. AnswerSchema.Place(), (Noun, ThingSchema()), AnswerSchema.Failures()]);

    /// <param name="members">Writes the thing's members.</param>
    private protected void Write(AnswerPlace place, Action<Utf8JsonWriter> members, IReadOnlyList<Failure> failures, IBufferWriter<byte> output)
    {
        var thing = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(thing, RefusalAnswer.Json))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        var clean = new ArrayBufferWriter<byte>(thing.WrittenCount);
        CleanJson.AppendItems(thing.WrittenMemory, clean);
        using var answer = new Utf8JsonWriter(output, RefusalAnswer.Json);
        answer.WriteStartObject();
        place.Write(answer);
        answer.WritePropertyName(Noun);
        answer.WriteRawValue(clean.WrittenSpan, skipInputValidation: true);
        Failure.WriteAll(failures, place, answer);
        answer.WriteEndObject();
    }
}
