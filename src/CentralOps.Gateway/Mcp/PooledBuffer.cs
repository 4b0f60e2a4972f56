using System.Buffers;

namespace CentralOps.Gateway.Mcp;

/// <summary>
/// Bytes that grow in pooled memory. One owner, no concurrent use; <see cref="Clear"/> gives large memory back, <see cref="Release"/> all.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>
{
    private const int Smallest = 4096;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(Length);
    }

    /// <summary>Forgets the bytes behind the first <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = Math.Min(Length, length);

    /// <summary>Forgets the bytes; memory of more than a small answer's size goes back to the pool.</summary>
    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > Smallest)
        {
            Release();
        }
    }

    /// <summary>Forgets the bytes and keeps no memory: for whoever writes once.</summary>
    public void Release()
    {
        Length = 0;
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed <= _bytes.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, _bytes.Length * 2), Smallest));
        Span.CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        _bytes = larger;
    }
}
