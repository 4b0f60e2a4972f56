using System.Diagnostics;

namespace CentralOps.Sandbox.Tests.Fixtures;

/// <summary>Programs of other people that tests use where they are found.</summary>
internal static class Tools
{
    public const string AwsCli = "/usr/bin/aws";
    public const string DebianPython = "/usr/bin/python3";

    /// <summary>Python with a current boto3, when there is another one than Debian's.</summary>
    public static string? NewPython { get; } = FindNewPython();

    public static bool Has(string python, string module) => File.Exists(python) && Run(python, ["-c", "import " + module], []).ExitCode == 0;

    /// <summary>Runs a program with nothing but the environment that is given, away from any real AWS.</summary>
    public static (int ExitCode, string Output, string Error) Run(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = Path.GetTempPath();
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_PAGER"] = "";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static string? FindNewPython()
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        return directories.Select(directory => Path.Combine(directory, "python3")).FirstOrDefault(file => file is not DebianPython and not "/bin/python3" && Has(file, "boto3"));
    }
}

/// <summary>A fact that needs Debian's AWS CLI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AwsCliFactAttribute : FactAttribute
{
    public AwsCliFactAttribute() => Skip = File.Exists(Tools.AwsCli) ? null : "/usr/bin/aws is not installed (Debian: apt-get install awscli).";
}

/// <summary>A fact that needs Debian's Python.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = File.Exists(Tools.DebianPython) ? null : "/usr/bin/python3 is not installed (Debian: apt-get install python3).";
}

/// <summary>A theory that needs Debian's Python.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonTheoryAttribute : TheoryAttribute
{
    public PythonTheoryAttribute() => Skip = new PythonFactAttribute().Skip;
}
