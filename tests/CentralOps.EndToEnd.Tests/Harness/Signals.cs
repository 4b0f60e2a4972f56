using System.Diagnostics;
using System.Globalization;

namespace CentralOps.EndToEnd.Tests.Harness;

internal static class Signals
{
    public const string Interrupt = "INT";
    public const string Kill = "KILL";

    public static void Send(int process, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public static bool Lives(int process) => Directory.Exists($"/proc/{process.ToString(CultureInfo.InvariantCulture)}");
}
