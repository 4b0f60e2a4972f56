namespace CentralOps.Proxy.Stdio;

/// <summary>Reads lines of bytes, no line longer than a bound: what is longer is passed over to its end. Used by one reader.</summary>
internal sealed class LineReader(Stream input, int maxBytes)
{
    private const int FirstRoom = 16 * 1024;

    private byte[] _bytes = new byte[FirstRoom];
    private int _start;
    private int _end;
    private bool _skipping;

    /// <returns>The next line in memory of its own, without its end; null at the end of the input. What stands there without a line's end is a line too.</returns>
    public async ValueTask<InputLine?> ReadAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var found = _bytes.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0 && Take(searched + found, 1) is { } line)
            {
                return line;
            }

            if (found >= 0)
            {
                searched = 0;
                continue;
            }

            searched = _end - _start;
            if (searched > maxBytes && !_skipping)
            {
                // Told now and not at its end, which may never come.
                (_skipping, _start, _end) = (true, 0, 0);
                return new InputLine(default, TooLong: true);
            }

            if (_skipping)
            {
                (_start, _end, searched) = (0, 0, 0);
            }

            if (!await FillAsync(cancellationToken))
            {
                return _end > _start && !_skipping ? Take(_end - _start, 0) : null;
            }
        }
    }

    /// <returns>Null where the line was the end of one that is passed over.</returns>
    private InputLine? Take(int length, int ending)
    {
        var line = _bytes.AsSpan(_start, length);
        _start += length + ending;
        if (_skipping)
        {
            _skipping = false;
            return null;
        }

        if (line.Length > maxBytes)
        {
            return new InputLine(default, TooLong: true);
        }

        return new InputLine((line is [.., (byte)'\r'] ? line[..^1] : line).ToArray(), TooLong: false);
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
        else if (_end == 0 && _bytes.Length > 64 * FirstRoom)
        {
            _bytes = new byte[FirstRoom];
        }

        // A read of standard input cannot be called off: who stops does not wait for it.
        var read = await input.ReadAsync(_bytes.AsMemory(_end), cancellationToken).AsTask().WaitAsync(cancellationToken);
        _end += read;
        return read > 0;
    }
}

/// <summary>A line that was read.</summary>
/// <param name="TooLong">It has more bytes than are taken; none of them are here.</param>
internal readonly record struct InputLine(ReadOnlyMemory<byte> Bytes, bool TooLong);
