using System.Buffers;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols.Cbor;
using CentralOps.Aws.Protocols.Json;
using CentralOps.Aws.Protocols.Transcoding;
using CentralOps.Aws.Protocols.Xml;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.EventStreams;

/// <summary>Reads messages as what the operation's model says of its stream.</summary>
internal sealed class EventDecoder(OperationModel operation)
{
    private const string InitialResponse = "initial-response";

    private readonly WireProtocol _protocol = WireProtocols.For(operation.Service.Protocol);
    private readonly Member _stream = EventStream.MemberOf(operation.Output)
        ?? throw new ArgumentException($"{operation} does not answer with a stream of events.", nameof(operation));

    /// <exception cref="WireFormatException">The message is not one of this stream.</exception>
    public StreamedEvent Decode(EventMessage message)
    {
        try
        {
            return message.FindText(":message-type") switch
            {
                "event" => Event(message, message.FindText(":event-type") ?? ""),
                "exception" => new StreamedEvent.Failed(Exception(message, message.FindText(":exception-type") ?? "")),
                "error" => new StreamedEvent.Failed(new WireError(
                    message.FindText(":error-code") ?? "InternalError", message.FindText(":error-message") ?? "The service ended the stream of events.", 500) { SenderFault = false }),
                _ => throw new WireFormatException($"A message in the events of {operation} is neither an event nor an exception nor an error."),
            };
        }
        catch (Exception exception) when (Faults.IsParsing(exception))
        {
            throw Faults.Wire("event", operation, exception);
        }
    }

    private StreamedEvent Event(EventMessage message, string name)
    {
        var json = new ArrayBufferWriter<byte>();
        using var writer = JsonOutput.Writer(json);
        writer.WriteStartObject();
        if (name is InitialResponse)
        {
            ReadBody(message.Payload, operation.Output!, writer);
        }
        else if (_stream.Shape.FindMember(name) is { } member)
        {
            writer.WriteStartObject(member.JsonName);
            ReadMembers(message, member.Shape, writer);
            writer.WriteEndObject();
        }
        else
        {
            return new StreamedEvent.Unknown(name);
        }

        writer.WriteEndObject();
        writer.Flush();
        return new StreamedEvent.Data(name, json.WrittenMemory);
    }

    private void ReadMembers(EventMessage message, Shape shape, Utf8JsonWriter writer)
    {
        Member? payload = null;
        foreach (var member in shape.MemberArray)
        {
            payload = member.EventPayload ? member : payload;
            if (member.EventHeader && message.Find(member.LocationName ?? member.Name) is { } header)
            {
                writer.WritePropertyName(member.JsonName);
                header.WriteTo(writer, member);
            }
        }

        switch (payload?.Shape.Kind)
        {
            case null:
                ReadBody(message.Payload, shape, writer);
                break;
            case ShapeKind.Blob:
                writer.WriteBase64String(payload.JsonName, message.Payload.Span);
                break;
            case ShapeKind.String:
                writer.WriteString(payload.JsonName, Encoding.UTF8.GetString(message.Payload.Span));
                break;
            default:
                writer.WriteStartObject(payload.JsonName);
                ReadBody(message.Payload, payload.Shape, writer);
                writer.WriteEndObject();
                break;
        }
    }

    private void ReadBody(ReadOnlyMemory<byte> body, Shape shape, Utf8JsonWriter writer)
    {
        if (body.IsEmpty)
        {
            return;
        }

        switch (operation.Service.Protocol)
        {
            case ProtocolKind.RestXml:
                using (var xml = XmlBody.Open(body))
                {
                    xml.MoveToContent();
                    var elements = new XmlWireReader(xml);
                    Transcriber.WriteMembers(ref elements, shape, writer);
                }

                break;
            case ProtocolKind.RpcV2Cbor:
                var items = new CborWireReader(body.Span);
                Transcriber.WriteMembers(ref items, shape, writer);
                items.End();
                break;
            default:
                var values = new JsonWireReader(body.Span);
                Transcriber.WriteMembers(ref values, shape, writer);
                values.End();
                break;
        }
    }

    /// <summary>An exception's message is an error's body, with the status and the code that the model has for it.</summary>
    private WireError Exception(EventMessage message, string name)
    {
        var shape = _stream.Shape.FindMember(name)?.Shape;
        var status = shape?.Error?.Status ?? (shape?.Error?.Fault == true ? 500 : 400);
        var error = _protocol.ReadError(operation, new WireResponse { Status = status, Body = message.Payload });
        return error with { Code = shape?.Error?.Code ?? shape?.Name ?? (name.Length > 0 ? name : error.Code), SenderFault = status < 500 };
    }
}
