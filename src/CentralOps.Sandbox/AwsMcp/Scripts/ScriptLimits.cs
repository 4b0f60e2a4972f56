namespace CentralOps.Sandbox.AwsMcp.Scripts;

/// <summary>What a script may use.</summary>
internal static class ScriptLimits
{
    public const int MaxSourceLength = 64 * 1024;

    /// <summary>Of standard output, and as much of standard error.</summary>
    public const int MaxOutputBytes = 256 * 1024;

    public const int CpuSeconds = 30;

    public const long MemoryBytes = 1L << 30;

    public const long FileBytes = 16L << 20;

    /// <summary>All files of its directory together.</summary>
    public const long DirectoryBytes = 64L << 20;

    public const int DirectoryFiles = 10_000;
}
