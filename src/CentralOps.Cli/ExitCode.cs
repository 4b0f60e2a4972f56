namespace CentralOps.Cli;

/// <summary>What a script can rely on.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The question was understood and the answer is no, or something on the way failed.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>There is an answer, and it is not the whole one: a budget ended it.</summary>
    public const int Partial = 3;

    /// <summary>Stopped by Ctrl-C, as shells have it (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
