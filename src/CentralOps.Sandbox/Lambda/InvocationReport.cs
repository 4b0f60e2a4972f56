using System.Globalization;

namespace CentralOps.Sandbox.Lambda;

/// <summary>The log of one invocation, with the lines that Lambda puts around it.</summary>
internal static class InvocationReport
{
    private const int MaxCharacters = 4096;

    // What a function printed just before it answered may still be in the pipe.
    private static readonly TimeSpan PipeDelay = TimeSpan.FromMilliseconds(15);

    public static async Task<string> WriteAsync(string requestId, FunctionDefinition function, InvocationResult result)
    {
        await Task.Delay(PipeDelay, TimeProvider.System);
        var init = result.InitDuration is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"\tInit Duration: {time.TotalMilliseconds:0.00} ms")
            : "";
        var written = result.Log();
        var report = string.Create(
            CultureInfo.InvariantCulture,
            $"START RequestId: {requestId} Version: $LATEST\n{written}{(written.Length == 0 || written.EndsWith('\n') ? "" : "\n")}END RequestId: {requestId}\nREPORT RequestId: {requestId}\tDuration: {result.Duration.TotalMilliseconds:0.00} ms\tBilled Duration: {Math.Ceiling(result.Duration.TotalMilliseconds)} ms\tMemory Size: {function.MemoryMb} MB{init}\n");
        return report.Length <= MaxCharacters ? report : report[^MaxCharacters..];
    }
}
