using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Rest;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.RestJson;

/// <summary>Bodies of restJson1.</summary>
internal sealed class JsonRestDialect : RestDialect
{
    public const string Json = "application/json";

    public override string ContentType => Json;

    public override RestBody? Begin(InputReader ahead, OperationModel operation, Func<string>? newToken) =>
        operation.Input is { } shape && RestBodies.HasBodyMembers(shape) ? new JsonRestBody(shape, newToken) : null;

    // An answer without members is an empty object.
    public override RestBody BeginAnswer(InputReader ahead, OperationModel operation) => new JsonRestBody(operation.Output ?? Shape.Empty, null);

    public override ReadOnlyMemory<byte> WritePayload(ref InputReader input, Member payload, Func<string>? newToken)
    {
        var body = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(body);
        JsonBodyWriter.WriteValue(ref input, payload, writer, newToken);
        writer.Flush();
        return body.WrittenMemory;
    }

    // An empty object for a structure of which nothing has to be set.
    public override (ReadOnlyMemory<byte> Body, string? ContentType) WithoutPayload(Member payload) =>
        payload.Shape is { Kind: ShapeKind.Structure, Union: false } ? ("{}"u8.ToArray(), Json) : (default, null);

    public override void ReadMembers(
        ReadOnlyMemory<byte> body, OperationModel operation, Shape shape, Member? payload, Utf8JsonWriter writer, TokenNode? tokens)
    {
        var reader = new JsonWireReader(body.Span);
        if (payload is null)
        {
            Transcriber.WriteMembers(ref reader, shape, writer, tokens, isBound: true);
        }
        else
        {
            Transcriber.WriteMember(ref reader, payload, writer, tokens);
        }

        reader.End();
    }

    public override void ReadItems(
        WireResponse response, OperationModel operation, Transcription into, TokenNode? tokens, Shape shape, int depth)
    {
        var reader = new JsonWireReader(response.Body.Span);
        PageReader.ReadItems(ref reader, operation, into, tokens, shape, depth, isBound: true);
        reader.End();
    }

    private sealed class JsonRestBody : RestBody
    {
        private readonly ArrayBufferWriter<byte> _body = new();
        private readonly Utf8JsonWriter _writer;
        private readonly Shape _shape;
        private readonly Func<string>? _newToken;

        public JsonRestBody(Shape shape, Func<string>? newToken)
        {
            (_shape, _newToken) = (shape, newToken);
            _writer = JsonOutput.Writer(_body);
            _writer.WriteStartObject();
        }

        public override void Write(ref InputReader input, Member member) => JsonBodyWriter.WriteProperty(ref input, member, _writer, _newToken);

        public override (ReadOnlyMemory<byte> Body, string? ContentType) Finish(MemberSet given)
        {
            JsonBodyWriter.WriteTokens(_shape, given, _writer, _newToken);
            _writer.WriteEndObject();
            _writer.Flush();
            return (_body.WrittenMemory, Json);
        }

        public override void Dispose() => _writer.Dispose();
    }
}
