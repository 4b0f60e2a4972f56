using CentralOps.Ledger.Stores;
using Microsoft.Win32.SafeHandles;

namespace CentralOps.Ledger.Tests.Fixtures;

/// <summary>A disk that is full, or slow, when a test says so.</summary>
internal sealed class FailingDisk
{
    private readonly Func<int, int?> _room;
    private int _writes;
    private volatile bool _isWell;
    private volatile bool _isBroken;

    /// <param name="room">By the number of the write, counted from 1: how many bytes still fit, or null where all do.</param>
    public FailingDisk(Func<int, int?> room) => _room = room;

    public int Writes => Volatile.Read(ref _writes);

    /// <summary>From now on everything fits.</summary>
    public bool IsWell { get => _isWell; set => _isWell = value; }

    /// <summary>As long as it is, nothing fits.</summary>
    public bool IsBroken { get => _isBroken; set => _isBroken = value; }

    public ManualResetEventSlim Open { get; } = new(initialState: true);

    public DiskWrite Write => (file, bytes, offset) =>
    {
        Open.Wait(TimeSpan.FromSeconds(60));
        var number = Interlocked.Increment(ref _writes);
        var room = IsBroken ? 0 : IsWell ? null : _room(number);
        RandomAccess.Write((SafeFileHandle)file, room is { } fits ? bytes[..Math.Min(fits, bytes.Length)] : bytes, offset);
        if (room is not null)
        {
            throw new IOException("No space left on device");
        }
    };
}
