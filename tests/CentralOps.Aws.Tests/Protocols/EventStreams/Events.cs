using System.Buffers;
using System.Text;
using CentralOps.Aws.Protocols.EventStreams;

namespace CentralOps.Aws.Tests.Protocols.EventStreams;

/// <summary>The server's side of a stream of events.</summary>
internal static class Events
{
    public static byte[] Event(string name, string payload, params EventHeader[] headers) =>
        Message([Text(":message-type", "event"), Text(":event-type", name), .. headers], Encoding.UTF8.GetBytes(payload));

    public static byte[] Exception(string name, string payload) =>
        Message([Text(":message-type", "exception"), Text(":exception-type", name)], Encoding.UTF8.GetBytes(payload));

    public static byte[] Error(string code, string message) =>
        Message([Text(":message-type", "error"), Text(":error-code", code), Text(":error-message", message)], []);

    public static byte[] Message(EventHeader[] headers, byte[] payload)
    {
        var bytes = new ArrayBufferWriter<byte>();
        EventMessage.Write(bytes, headers, payload);
        return bytes.WrittenSpan.ToArray();
    }

    public static EventHeader Text(string name, string value) => new(name, EventHeaderKind.String, Encoding.UTF8.GetBytes(value));
}
