namespace CentralOps.Cli;

/// <summary>Ends a command with a sentence for the person and an exit code for the script.</summary>
internal sealed class CommandFailedException(string sentence, int exitCode = ExitCode.Refused) : Exception(sentence)
{
    public int ExitCode { get; } = exitCode;
}
