using System.Text;

namespace CentralOps.Sandbox.Lambda.Workers;

/// <summary>The last 4 KB that a worker wrote: what Lambda's <c>LogType=Tail</c> gives.</summary>
internal sealed class LogTail
{
    private const int Capacity = 4096;

    private readonly byte[] _ring = new byte[Capacity];
    private readonly Lock _lock = new();
    private long _written;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            foreach (var b in bytes.Length > Capacity ? bytes[^Capacity..] : bytes)
            {
                _ring[_written++ % Capacity] = b;
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _written = 0;
        }
    }

    public string Read()
    {
        lock (_lock)
        {
            var length = (int)Math.Min(_written, Capacity);
            var text = new byte[length];
            for (var i = 0; i < length; i++)
            {
                text[i] = _ring[(_written - length + i) % Capacity];
            }

            return Encoding.UTF8.GetString(text);
        }
    }
}
