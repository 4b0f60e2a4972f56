using System.Runtime.InteropServices;

namespace CentralOps.Bench.Calls;

/// <summary>Keeps a server up until it is told to end.</summary>
internal static class Served
{
    public static async Task<int> UntilTerminatedAsync()
    {
        var stopped = new TaskCompletionSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stopped.TrySetResult();
        });
        await stopped.Task;
        return 0;
    }
}
