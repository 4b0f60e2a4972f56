using System.Buffers.Text;
using System.Text;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>One server-sent event.</summary>
/// <param name="Data">Empty where the event only gives an id or a pause.</param>
internal readonly record struct ServerEvent(ReadOnlyMemory<byte> Data, bool IsMessage);

/// <summary>
/// Reads a stream of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), no further than a bound. A stream that
/// ends in the middle of an event has not sent it.
/// </summary>
internal sealed class ServerEvents(Stream stream, int maxBytes)
{
    private const int MaxIdLength = 1024;
    private const int MaxRetry = 60_000;

    private byte[] _bytes = new byte[4096];
    private int _start;
    private int _end;
    private int _total;
    private bool _began;
    private bool _endedInReturn;

    /// <summary>The last id that the stream gave, to resume it by.</summary>
    public string? LastId { get; private set; }

    /// <summary>How long the server wants us to wait before the stream is resumed.</summary>
    public TimeSpan? Retry { get; private set; }

    /// <summary>The stream came to more than was allowed.</summary>
    public bool TooLarge { get; private set; }

    /// <returns>The next event; null at the end.</returns>
    public async ValueTask<ServerEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        var data = default(byte[]);
        var isMessage = true;
        while (await ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.IsEmpty)
            {
                if (data is not null)
                {
                    return new(data, isMessage);
                }

                isMessage = true;
                continue;
            }

            var (name, value) = Split(line);
            if (name.Span.SequenceEqual("data"u8))
            {
                data = data is null ? value.ToArray() : [.. data, (byte)'\n', .. value.Span];
            }
            else if (name.Span.SequenceEqual("event"u8))
            {
                isMessage = value.Span.SequenceEqual("message"u8) || value.IsEmpty;
            }
            else
            {
                Keep(name.Span, value.Span);
            }
        }

        return null;
    }

    private void Keep(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual("id"u8) && value.Length <= MaxIdLength && !value.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            LastId = Encoding.ASCII.GetString(value);
        }
        else if (name.SequenceEqual("retry"u8) && Utf8Parser.TryParse(value, out uint milliseconds, out var read) && read == value.Length)
        {
            Retry = TimeSpan.FromMilliseconds(Math.Min(milliseconds, MaxRetry));
        }
    }

    private static (ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value) Split(ReadOnlyMemory<byte> line)
    {
        var colon = line.Span.IndexOf((byte)':');
        if (colon < 0)
        {
            return (line, default);
        }

        var value = line[(colon + 1)..];
        return (line[..colon], value.Length > 0 && value.Span[0] == ' ' ? value[1..] : value);
    }

    /// <summary>A line without its end, valid until the next read; null where the stream ends or is too large.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            if (_endedInReturn && _start < _end)
            {
                _start += _bytes[_start] == '\n' ? 1 : 0;
                _endedInReturn = false;
            }

            var found = _bytes.AsSpan(_start + searched, _end - _start - searched).IndexOfAny((byte)'\n', (byte)'\r');
            if (found >= 0)
            {
                return TakeLine(searched + found);
            }

            searched = _end - _start;
            if (!await FillAsync(cancellationToken))
            {
                return null;
            }
        }
    }

    private ReadOnlyMemory<byte> TakeLine(int length)
    {
        var line = _bytes.AsMemory(_start, length);
        // The line feed that may follow belongs to the same end; it need not have come yet.
        _endedInReturn = _bytes[_start + length] == '\r';
        _start += length + 1;
        if (!_began && line.Span.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        _began = true;
        return line;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }

        var read = await stream.ReadAsync(_bytes.AsMemory(_end), cancellationToken);
        _end += read;
        _total += read;
        TooLarge = _total > maxBytes;
        return read > 0 && !TooLarge;
    }
}
