using System.Text.Json;

namespace CentralOps.Cli.Running;

/// <summary>
/// Where a running 'up' tells other commands about itself: <c>up.json</c>, replaced as a whole so that no reader sees half of it, and
/// <c>up.lock</c>, held while it runs, so that a state left behind by a killed process is recognised.
/// </summary>
internal sealed class StateDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private StateDirectory(string path) => Path = path;

    public string Path { get; }

    private string StateFile => System.IO.Path.Combine(Path, "up.json");

    private string LockFile => System.IO.Path.Combine(Path, "up.lock");

    /// <param name="chosen">What <c>--state</c> says; null for the user's own.</param>
    public static StateDirectory At(string? chosen)
    {
        if (chosen is not null)
        {
            return new StateDirectory(System.IO.Path.GetFullPath(chosen));
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new StateDirectory(System.IO.Path.Combine(home, "centralops"));
    }

    /// <summary>Where 'serve' keeps what it serves where nothing else is said: not where 'up' keeps its own.</summary>
    public static StateDirectory OfServe(string? chosen) => At(chosen ?? System.IO.Path.Combine(At(chosen: null).Path, "serve"));

    /// <summary>Takes the directory for this process; null when another 'up' has it. Dispose gives it back and removes the state.</summary>
    public IDisposable? TryHold()
    {
        try
        {
            Directory.CreateDirectory(Path, OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The state directory {Path} cannot be made ({Reason(failure)}): choose another with --state DIR.");
        }

        return OpenLock() is { } held ? new Hold(held, StateFile) : null;
    }

    public void Write(UpState state)
    {
        var next = StateFile + ".next";
        try
        {
            File.Delete(next);
            using (var file = new FileStream(next, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
            {
                JsonSerializer.Serialize(file, state, UpStateJson.Default.UpState);
            }

            File.Move(next, StateFile, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{StateFile} cannot be written ({Reason(failure)}), so no other command finds this 'up': make room there, or choose another directory with --state DIR.");
        }
    }

    /// <summary>The running 'up'; null when none runs here.</summary>
    public UpState? Read()
    {
        if (!File.Exists(StateFile) || !IsHeld())
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(StateFile);
            return JsonSerializer.Deserialize(file, UpStateJson.Default.UpState);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (JsonException)
        {
            throw new CommandFailedException($"{StateFile} is not what this version writes: stop that 'up', delete the file and start again.");
        }
    }

    // Whoever can share the lock has found a state without a process; sharing, so that two who look at once do not take each other for an 'up'.
    private bool IsHeld()
    {
        try
        {
            using var free = new FileStream(LockFile, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            throw NotOurs();
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private FileStream? OpenLock()
    {
        try
        {
            return new FileStream(LockFile, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, UnixCreateMode = OwnerOnly });
        }
        catch (UnauthorizedAccessException)
        {
            throw NotOurs();
        }
        catch (IOException)
        {
            return null;
        }
    }

    private CommandFailedException NotOurs() => new($"The state directory {Path} belongs to another user or may not be written: choose another with --state DIR.");

    private static string Reason(Exception failure) => failure is UnauthorizedAccessException ? "not permitted" : failure.Message;

    private sealed class Hold(FileStream held, string stateFile) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                File.Delete(stateFile);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Left behind without its lock it reads as nothing.
            }

            held.Dispose();
        }
    }
}
