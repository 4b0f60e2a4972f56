using System.Diagnostics;

namespace CentralOps.Accounts.Tests.Refusals;

/// <summary>A command as /bin/sh reads it.</summary>
internal static class Shell
{
    public static string[] Words(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\n' {command}"]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        var words = shell.StandardOutput.ReadToEnd().TrimEnd('\n').Split('\n');
        shell.WaitForExit();
        shell.ExitCode.ShouldBe(0);
        return words;
    }
}
