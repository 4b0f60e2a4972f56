using System.Diagnostics;

namespace CentralOps.Functions.Tests.Wrapping;

/// <summary>A fact that needs a Python on the PATH whose boto3 can be pointed at the sandbox.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScriptFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> Found = new(Find);

    public ScriptFactAttribute() => Skip = Found.Value ? null : "There is no Python with boto3 1.31 or later on the PATH.";

    private static bool Find()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["-c", "import botocore; assert tuple(int(n) for n in botocore.__version__.split('.')[:2]) >= (1, 31); import boto3"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
