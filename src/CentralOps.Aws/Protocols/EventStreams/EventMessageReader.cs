using System.Buffers;
using CentralOps.Aws.Wire;

namespace CentralOps.Aws.Protocols.EventStreams;

/// <summary>Takes messages off a connection, one at a time; no more than one is held.</summary>
internal sealed class EventMessageReader(Stream stream) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);

    /// <summary>Null at the stream's end. A message is good until the next one is asked for.</summary>
    /// <exception cref="WireFormatException">A message is broken, or the stream ends inside one.</exception>
    public async ValueTask<EventMessage?> NextAsync(CancellationToken cancellationToken)
    {
        var read = await stream.ReadAtLeastAsync(_buffer.AsMemory(0, EventMessage.PreludeLength), EventMessage.PreludeLength, throwOnEndOfStream: false, cancellationToken);
        if (read == 0)
        {
            return null;
        }

        var length = read == EventMessage.PreludeLength ? EventMessage.LengthOf(_buffer.AsSpan(0, read)) : throw Ended();
        while (read < length)
        {
            // The length was not earned yet: room grows with what comes.
            MakeRoom(read, length);
            var more = await stream.ReadAsync(_buffer.AsMemory(read, Math.Min(_buffer.Length, length) - read), cancellationToken);
            read += more > 0 ? more : throw Ended();
        }

        return EventMessage.Read(_buffer.AsMemory(0, length));
    }

    public void Dispose()
    {
        Return();
        _buffer = [];
    }

    private void MakeRoom(int used, int wanted)
    {
        if (used < _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(wanted, _buffer.Length * 2));
        _buffer.AsSpan(0, used).CopyTo(larger);
        Return();
        _buffer = larger;
    }

    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        }
    }

    private static WireFormatException Ended() => new("The event stream ends inside a message.");
}
