using Microsoft.Win32.SafeHandles;

namespace CentralOps.Ledger.Stores;

/// <summary>A file that is only written at its end. What was appended counts when it is kept; what does not count is cut off again.</summary>
internal sealed class DurableFile : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _file;
    private readonly DiskWrite _write;
    private long _appended;

    /// <param name="path">Of a file that there is not yet.</param>
    public DurableFile(string path, DiskWrite write)
    {
        Path = path;
        _write = write;
        _file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0, UnixCreateMode = OwnerOnly });
    }

    public string Path { get; private set; }

    /// <summary>Bytes that count.</summary>
    public long End { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _write(_file.SafeFileHandle, bytes, End + _appended);
        _appended += bytes.Length;
    }

    public void Keep() => (End, _appended) = (End + _appended, 0);

    public void CutOff()
    {
        if (RandomAccess.GetLength(_file.SafeFileHandle) != End)
        {
            RandomAccess.SetLength(_file.SafeFileHandle, End);
            RandomAccess.FlushToDisk(_file.SafeFileHandle);
        }

        _appended = 0;
    }

    public void Rename(string path)
    {
        File.Move(Path, path, overwrite: true);
        Path = path;
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>Writes at an offset and flushes to the disk. An <see cref="IOException"/> leaves any part of it written.</summary>
internal delegate void DiskWrite(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);
