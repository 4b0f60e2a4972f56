using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CentralOps.Aws.Protocols;

namespace CentralOps.Sandbox.Operations;

/// <summary>What an operation answers: an output or an error.</summary>
internal readonly record struct OperationAnswer(AwsOutput Output, ServiceError? Error)
{
    /// <summary>Messages of an event stream, each sent when it is there; null where the answer is one whole.</summary>
    public IAsyncEnumerable<ReadOnlyMemory<byte>>? Events { get; private init; }

    public static OperationAnswer Stream(IAsyncEnumerable<ReadOnlyMemory<byte>> events) => new(default, null) { Events = events };

    public static implicit operator OperationAnswer(ServiceError error) => new(default, error);

    public static implicit operator OperationAnswer(AwsOutput output) => new(output, null);

    public static implicit operator OperationAnswer(JsonObject output)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            output.WriteTo(json);
        }

        return new AwsOutput(buffer.WrittenMemory);
    }

    /// <summary>Writes the members of the output's root object.</summary>
    public static OperationAnswer Of<TState>(TState state, Action<Utf8JsonWriter, TState> members)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            members(json, state);
            json.WriteEndObject();
        }

        return new AwsOutput(buffer.WrittenMemory);
    }
}
