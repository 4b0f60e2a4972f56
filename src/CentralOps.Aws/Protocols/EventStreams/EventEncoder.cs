using System.Buffers;
using System.Text;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Transcoding;

namespace CentralOps.Aws.Protocols.EventStreams;

/// <summary>The server half of a stream of events: writes the messages that <see cref="Calls.AwsStream"/> reads. For the protocols whose events are JSON.</summary>
public static class EventEncoder
{
    /// <summary>What such an answer's <c>Content-Type</c> is.</summary>
    public const string ContentType = EventStream.ContentType;

    /// <summary>One event, whole, as it goes over the connection.</summary>
    /// <param name="operation">The operation that answers.</param>
    /// <param name="name">The member of the stream's union, such as <c>contentBlockDelta</c>.</param>
    /// <param name="json">That member's members, as our JSON.</param>
    /// <exception cref="InputException">The stream has no such event, or the JSON does not fit it.</exception>
    public static ReadOnlyMemory<byte> Event(OperationModel operation, string name, ReadOnlyMemory<byte> json)
    {
        var member = Find(operation, name);
        var payload = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = JsonOutput.Writer(payload);
            var reader = new InputReader(json.Span, isRequest: false);
            JsonBodyWriter.WriteStructure(ref reader, member.Shape, writer, newToken: null);
            reader.End();
            writer.Flush();
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Input(operation, exception);
        }

        return Message("event", ":event-type", name, payload.WrittenSpan);
    }

    /// <summary>The exception with which a service ends a stream.</summary>
    /// <param name="operation">The operation that answers.</param>
    /// <param name="name">The member of the stream's union, such as <c>throttlingException</c>.</param>
    /// <param name="message">For people.</param>
    public static ReadOnlyMemory<byte> Exception(OperationModel operation, string name, string message)
    {
        Find(operation, name);
        var payload = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(payload);
        writer.WriteStartObject();
        writer.WriteString("message", message);
        writer.WriteEndObject();
        writer.Flush();
        return Message("exception", ":exception-type", name, payload.WrittenSpan);
    }

    private static Member Find(OperationModel operation, string name)
    {
        var stream = EventStream.MemberOf(operation.Output) ?? throw new InputException($"{operation} does not answer with a stream of events.");
        if (operation.Service.Protocol is not (ProtocolKind.RestJson1 or ProtocolKind.AwsJson10 or ProtocolKind.AwsJson11))
        {
            throw new InputException($"Events of {operation} are not JSON; this half writes no others.");
        }

        var member = stream.Shape.FindMember(name) ?? throw new InputException($"The stream of {operation} has no event '{name}'.");
        foreach (var part in member.Shape.MemberArray)
        {
            if (part.EventHeader || part.EventPayload)
            {
                throw new InputException($"'{name}' of {operation} has members outside its JSON; this half writes no such event.");
            }
        }

        return member;
    }

    private static ReadOnlyMemory<byte> Message(string type, string naming, string name, ReadOnlySpan<byte> payload)
    {
        var message = new ArrayBufferWriter<byte>();
        EventMessage.Write(message, [Text(naming, name), Text(":content-type", "application/json"), Text(":message-type", type)], payload);
        return message.WrittenMemory;
    }

    private static EventHeader Text(string name, string value) => new(name, EventHeaderKind.String, Encoding.UTF8.GetBytes(value));
}
