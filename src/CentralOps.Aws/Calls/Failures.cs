using CentralOps.Aws.Protocols;
using CentralOps.Aws.Protocols.Http;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Calls;

/// <summary>Makes failures; the one place where AWS's words come in, and where they are cleaned.</summary>
internal static class Failures
{
    private const int MaxCodeLength = 128;

    // EC2's encoded authorization message, which an operator decodes, is about 1,500 characters long.
    private const int MaxMessageLength = 4096;

    public static AwsFailure Of(AwsCall call, FailureKind kind, string code, string message) =>
        new(call.Operation.Service.Name, call.Operation.Name, kind, code, PlainText.Clean(message, MaxMessageLength), RequestId: null, Status: 0);

    public static AwsFailure Of(AwsCall call, WireError error, WireResponse response)
    {
        var code = PlainText.Clean(error.Code, MaxCodeLength);
        var message = string.IsNullOrWhiteSpace(error.Message)
            ? $"{call.Operation.Service.ServiceId} answered with HTTP status {response.Status} and no message."
            : error.Message;
        return Of(call, ErrorKinds.KindOf(code, error.Status), code, message) with
        {
            RequestId = error.RequestId is { } id ? PlainText.Clean(id, MaxCodeLength) : RequestIdOf(response),
            ExtendedRequestId = response.Headers.Find("x-amz-id-2") is { Length: > 0 } second ? PlainText.Clean(second, MaxCodeLength) : null,
            Status = error.Status,
        };
    }

    public static string? RequestIdOf(WireResponse response) =>
        RequestIds.Find(response) is { } id ? PlainText.Clean(id, MaxCodeLength) : null;
}
