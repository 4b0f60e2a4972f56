using Microsoft.Win32.SafeHandles;

namespace CentralOps.Ledger.Stores;

/// <summary>
/// Files of one writer, each write flushed to the disk before it counts. Records first, then their head: a process that is killed between leaves
/// records that nobody was promised. What fails is cut off again before anything else is written.
/// </summary>
internal sealed class FileStore(FileStoreOptions options, DiskWrite? write = null) : ILedgerStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int MaxHeadsBytes = 1024 * 1024;
    private const int SecondsADay = 86_400;

    private readonly DiskWrite _write = write ?? WriteThrough;
    private DurableFile? _records;
    private DurableFile? _heads;
    private FileStream? _lock;
    private long _day;
    private bool _isTorn;

    public bool TakesBack => true;

    public bool KeepsAnswersWaiting => false;

    public bool WantsNewPart(DateTimeOffset now) =>
        _records is null or { End: 0 } || _records.End >= options.MaxPartBytes || now.ToUnixTimeSeconds() / SecondsADay != _day;

    public ValueTask AppendAsync(Batch batch, CancellationToken cancellationToken)
    {
        try
        {
            Append(batch);
            return ValueTask.CompletedTask;
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException($"writing in {options.Directory} and {options.HeadsDirectory} is not permitted", denied);
        }
    }

    public ValueTask DisposeAsync()
    {
        try
        {
            CutOffTorn();
        }
        catch (IOException)
        {
            // What is half there stays, and whoever verifies is told.
        }

        _records?.Dispose();
        _heads?.Dispose();
        _lock?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Append(Batch batch)
    {
        // 1. Nothing is written behind what is half there.
        CutOffTorn();
        _isTorn = true;

        // 2. The records, on the disk.
        if (batch.OpensPart)
        {
            OpenPart(batch);
        }

        _records!.Append(batch.Lines.Span);

        // 3. Their head, elsewhere.
        if (batch.Head is { } head)
        {
            HeadsOf(batch.Writer).Append(head.Line());
        }

        // 4. Only now do they count.
        _records.Keep();
        _heads?.Keep();
        _isTorn = false;
    }

    private void OpenPart(Batch batch)
    {
        Directory.CreateDirectory(options.Directory, OwnerOnly);
        Directory.CreateDirectory(options.HeadsDirectory, OwnerOnly);
        _lock ??= new FileStream(LedgerFileNames.Lock(options.Directory, batch.Writer), new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
        });
        var path = LedgerFileNames.Part(options.Directory, batch.Writer, batch.Part);
        if (!string.Equals(_records?.Path, path, StringComparison.Ordinal))
        {
            // Made here; a part that was opened in vain is still empty and serves again.
            var opened = new DurableFile(path, _write);
            _records?.Dispose();
            _records = opened;
        }

        _day = batch.At.ToUnixTimeSeconds() / SecondsADay;
    }

    private DurableFile HeadsOf(string writer)
    {
        if (_heads is { End: < MaxHeadsBytes })
        {
            return _heads;
        }

        // The next head says all that the ones before it said. Until it does, the old file stays.
        var path = LedgerFileNames.Heads(options.HeadsDirectory, writer);
        if (_heads is null)
        {
            return _heads = new DurableFile(path, _write);
        }

        var last = File.ReadLines(path).Last();
        var next = new DurableFile(path + ".next", _write);
        try
        {
            next.Append(System.Text.Encoding.ASCII.GetBytes(last + "\n"));
            next.Keep();
            next.Rename(path);
        }
        catch
        {
            next.Dispose();
            File.Delete(path + ".next");
            throw;
        }

        _heads.Dispose();
        return _heads = next;
    }

    private void CutOffTorn()
    {
        if (_isTorn)
        {
            _records?.CutOff();
            _heads?.CutOff();
            _isTorn = false;
        }
    }

    private static void WriteThrough(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        RandomAccess.Write(file, bytes, offset);
        RandomAccess.FlushToDisk(file);
    }
}
