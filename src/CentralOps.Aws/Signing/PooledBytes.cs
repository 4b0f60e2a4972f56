using System.Buffers;
using System.Text;

namespace CentralOps.Aws.Signing;

/// <summary>Bytes that grow from the stack into pooled memory. Cleared before it goes back: a canonical request can hold a session token.</summary>
internal ref struct PooledBytes(Span<byte> initial)
{
    private Span<byte> _bytes = initial;
    private byte[]? _rented;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _bytes[..Length];

    public void Add(byte value)
    {
        if (Length == _bytes.Length)
        {
            Grow(1);
        }

        _bytes[Length++] = value;
    }

    public void Add(scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(Free(value.Length));
        Length += value.Length;
    }

    public void Add(scoped ReadOnlySpan<char> text)
    {
        // Three bytes are the most that one UTF-16 unit becomes; a lone surrogate becomes U+FFFD, also three.
        Length += Encoding.UTF8.GetBytes(text, Free(text.Length * 3));
    }

    public void AddHex(scoped ReadOnlySpan<byte> hash)
    {
        Convert.TryToHexStringLower(hash, Free(hash.Length * 2), out var written);
        Length += written;
    }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    private Span<byte> Free(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        return _bytes[Length..];
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + count, _bytes.Length * 2));
        Written.CopyTo(larger);
        Dispose();
        _bytes = _rented = larger;
    }
}
