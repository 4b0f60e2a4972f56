namespace CentralOps.Gateway.Tests.Targets.McpServers.Hostile;

/// <summary>Bytes that come in pieces of any length, as a network gives them, and may break off.</summary>
/// <param name="random">Null: all at once.</param>
internal sealed class CutStream(ReadOnlyMemory<byte> bytes, Random? random, bool breaks = false) : Stream
{
    private int _at;

    /// <summary>How many were taken.</summary>
    public int Taken => _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_at == bytes.Length && breaks)
        {
            throw new IOException("The response ended prematurely.");
        }

        var most = Math.Min(buffer.Length, bytes.Length - _at);
        var length = random is null || most < 2 ? most : random.Next(4) == 0 ? random.Next(1, most + 1) : random.Next(1, Math.Min(most, 24) + 1);
        bytes.Span.Slice(_at, length).CopyTo(buffer);
        _at += length;
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
