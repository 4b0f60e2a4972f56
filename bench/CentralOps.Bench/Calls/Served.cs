using System.Runtime.InteropServices;

namespace CentralOps.Bench.Calls;

/// <summary>Keeps a server up until it is told to end, and says then what it has allocated.</summary>
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
        Console.Error.WriteLine($"allocated {GC.GetTotalAllocatedBytes()} bytes in all, {GC.CollectionCount(0)} collections of which {GC.CollectionCount(2)} full, {GC.GetTotalPauseDuration().TotalMilliseconds:0} ms paused");
        return 0;
    }
}
