using System.Diagnostics;

namespace CentralOps.Models;

/// <summary>Where each service answers: botocore evaluates its own endpoint rules, so this one needs the Python that has it.</summary>
public static class EndpointData
{
    /// <param name="script">Path of <c>endpoints.py</c>.</param>
    /// <returns>The text of <c>services.txt</c>; null when there is no python3, or it has no botocore.</returns>
    public static string? Generate(string script)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", [script]) { RedirectStandardOutput = true })!;
            var text = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0 ? text : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
