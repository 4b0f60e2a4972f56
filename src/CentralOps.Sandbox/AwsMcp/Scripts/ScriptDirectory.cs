using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.AwsMcp.Scripts;

/// <summary>The one place that a script may write to: empty when it starts, gone when it has ended.</summary>
internal sealed partial class ScriptDirectory(ILogger logger) : IDisposable
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    public string Path { get; } = Directory.CreateTempSubdirectory("centralops-script-").FullName;

    public bool IsOverfull()
    {
        var (files, bytes) = (0, 0L);
        try
        {
            foreach (var entry in new DirectoryInfo(Path).EnumerateFileSystemInfos("*", Everything))
            {
                files++;
                bytes += entry is FileInfo file ? file.Length : 0;
                if (files > ScriptLimits.DirectoryFiles || bytes > ScriptLimits.DirectoryBytes)
                {
                    return true;
                }
            }
        }
        catch (IOException)
        {
            // Something went away while it was looked at.
        }

        return false;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            LogLeft(Path, left.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The directory of a script, {Directory}, could not be removed: {Problem}.")]
    private partial void LogLeft(string directory, string problem);
}
