using System.Diagnostics;

namespace CentralOps.Sandbox.Tests.Fixtures;

/// <summary>Waits for what another process has to bring about; asks as often as the machine lets it, and gives up in the end.</summary>
internal static class Eventually
{
    public static async Task BecomesTrue(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20), what);
            await Task.Yield();
        }
    }
}
