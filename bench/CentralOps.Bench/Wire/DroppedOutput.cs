using System.Buffers;

namespace CentralOps.Bench.Wire;

/// <summary>An output that is taken away as it is written, as a socket would: what stays in memory is the transcoding's own.</summary>
internal sealed class DroppedOutput : IBufferWriter<byte>
{
    private byte[] _buffer = new byte[64 * 1024];

    public long Written { get; private set; }

    public void Advance(int count) => Written += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint);

    private byte[] Room(int sizeHint)
    {
        if (sizeHint > _buffer.Length)
        {
            _buffer = new byte[sizeHint];
        }

        return _buffer;
    }
}
