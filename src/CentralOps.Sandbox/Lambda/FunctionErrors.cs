using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace CentralOps.Sandbox.Lambda;

/// <summary>The error objects that Lambda itself puts into a payload.</summary>
internal static class FunctionErrors
{
    public static InvocationResult TimedOut(string requestId, TimeSpan after) => Make(
        "Sandbox.Timedout",
        string.Create(CultureInfo.InvariantCulture, $"RequestId: {requestId} Error: Task timed out after {after.TotalSeconds:0.00} seconds"));

    /// <param name="requestId">The invocation's.</param>
    /// <param name="exitCode">As the shell has it: 128 and a signal's number for a process that was killed.</param>
    public static InvocationResult Exited(string requestId, int exitCode) => Make("Runtime.ExitError", $"RequestId: {requestId} Error: Runtime exited {Cause(exitCode)}");

    public static InvocationResult ResponseTooLarge(int bytes) => Make(
        "Function.ResponseSizeTooLarge",
        string.Create(CultureInfo.InvariantCulture, $"Response payload size exceeded maximum allowed payload size ({bytes} bytes)."));

    public static InvocationResult NotStarted(string requestId) =>
        Make("Runtime.InvalidEntrypoint", $"RequestId: {requestId} Error: fork/exec failed: the function's command could not be started");

    private static string Cause(int exitCode) => exitCode switch
    {
        0 => "without providing a reason",
        129 => "with error: signal: hangup",
        130 => "with error: signal: interrupt",
        134 => "with error: signal: aborted",
        137 => "with error: signal: killed",
        139 => "with error: signal: segmentation fault",
        143 => "with error: signal: terminated",
        _ => string.Create(CultureInfo.InvariantCulture, $"with error: exit status {exitCode}"),
    };

    public static ReadOnlyMemory<byte> Words(string type, string message)
    {
        var body = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("errorType", type);
            json.WriteString("errorMessage", message);
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    private static InvocationResult Make(string type, string message) => new(Words(type, message), Failed: true);
}
