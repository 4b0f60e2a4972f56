using System.Diagnostics;

namespace CentralOps.EndToEnd.Tests.Peers;

/// <summary>A test with the boto3 of the PATH's Python, which some machines have and no package manager here installs.</summary>
internal sealed class ImageBotoFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Found = new(Find);

    public ImageBotoFactAttribute()
    {
        if (Python is null)
        {
            Skip = "The PATH's Python has no current boto3.";
        }
    }

    public static string? Python => Found.Value;

    private static string? Find()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["-c", "import boto3, sys; print(sys.executable)"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var path = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 && path != "/usr/bin/python3" ? path : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
