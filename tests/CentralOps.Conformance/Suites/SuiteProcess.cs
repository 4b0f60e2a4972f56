using System.Diagnostics;

namespace CentralOps.Conformance.Suites;

/// <summary>The suite's own command.</summary>
internal static class SuiteProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<(int ExitCode, string Output)> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(SuitePackage.Node) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(SuitePackage.Script))
        {
            start.ArgumentList.Add(argument);
        }

        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var process = Process.Start(start)!;
        try
        {
            // Both are read at once: a pipe that nobody empties would stop the process.
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            var output = await process.StandardOutput.ReadToEndAsync(either.Token);
            await errors;
            await process.WaitForExitAsync(either.Token);
            return (process.ExitCode, output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
