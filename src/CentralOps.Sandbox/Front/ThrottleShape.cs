using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.Front;

/// <summary>Lambda's TooManyRequestsException has members beside code and message, one of them a header.</summary>
internal static class ThrottleShape
{
    public static void Complete(WireResponse response, ServiceError error)
    {
        response.Headers.Set("Retry-After", error.RetryAfterSeconds!.Value.ToString(CultureInfo.InvariantCulture));
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("Reason", error.Reason);
            json.WriteString("Type", "User");
            json.WriteString("message", error.Message);
            json.WriteEndObject();
        }

        response.Body = body.WrittenMemory;
    }
}
