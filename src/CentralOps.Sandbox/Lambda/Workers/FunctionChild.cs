using System.ComponentModel;
using System.Diagnostics;

namespace CentralOps.Sandbox.Lambda.Workers;

/// <summary>
/// The process of a worker. It is the leader of its own session, so a Ctrl-C at the terminal reaches the sandbox only, which then
/// ends its workers in order.
/// </summary>
internal sealed class FunctionChild : IAsyncDisposable
{
    private const string NewSession = "/usr/bin/setsid";

    private readonly Process _process;
    private readonly Task _drained;

    private FunctionChild(Process process, Action<ReadOnlyMemory<byte>> output)
    {
        _process = process;
        ProcessId = process.Id;
        process.StandardInput.Close();
        _drained = Task.WhenAll(DrainAsync(process.StandardOutput.BaseStream, output), DrainAsync(process.StandardError.BaseStream, output));
        Exited = ExitAsync();
    }

    public int ProcessId { get; }

    /// <summary>Asks the system, which knows before <see cref="Exited"/> does.</summary>
    public bool HasExited => Exited.IsCompleted || _process.HasExited;

    /// <summary>The exit code when it is there; 128 and the signal's number for a process that was killed.</summary>
    public Task<int> Exited { get; }

    /// <summary>Throws <see cref="Win32Exception"/> when the program cannot be started.</summary>
    public static FunctionChild Start(FunctionDefinition function, Action<IDictionary<string, string?>> environment, Action<ReadOnlyMemory<byte>> output)
    {
        var apart = File.Exists(NewSession);
        var start = new ProcessStartInfo(apart ? NewSession : function.Command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(function.Command),
        };
        if (apart)
        {
            start.ArgumentList.Add(function.Command);
        }

        foreach (var argument in function.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        environment(start.Environment);
        return new FunctionChild(Process.Start(start)!, output);
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself in the meantime.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
        // A grandchild may hold the pipes open; it was killed too, and what it wrote is of no more interest.
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        await _drained;
        _process.Dispose();
    }

    private static async Task DrainAsync(Stream stream, Action<ReadOnlyMemory<byte>> output)
    {
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer) is var read and > 0)
            {
                output(buffer.AsMemory(0, read));
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Disposed while it was read.
        }
    }

    private async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }
}
