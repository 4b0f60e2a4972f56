using System.Globalization;

namespace CentralOps.Agent.Models.Http;

/// <summary>
/// The body of an answer, measured: all of it, its longest line, and how long nothing came. A reader of lines would else gather a line without an end.
/// </summary>
/// <param name="hasLines">JSON is one line, however long; only events are gathered by lines.</param>
internal sealed class MeteredStream(Stream inner, ModelSubject subject, ModelLimits limits, TimeProvider time, bool hasLines) : Stream
{
    private long _read;
    private long _line;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var late = new CancellationTokenSource(limits.Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ModelWords.Of(ModelProblem.TimedOut, subject, string.Create(CultureInfo.InvariantCulture, $"nothing came within {limits.Silence.TotalSeconds:0.###} s"));
        }

        Measure(buffer.Span[..read]);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Measure(ReadOnlySpan<byte> bytes)
    {
        _read += bytes.Length;
        if (_read > limits.AnswerBytes)
        {
            throw ModelWords.Of(ModelProblem.TooLarge, subject, string.Create(CultureInfo.InvariantCulture, $"more than {limits.AnswerBytes} bytes"));
        }

        if (!hasLines)
        {
            return;
        }

        for (var end = bytes.IndexOfAny((byte)'\n', (byte)'\r'); end >= 0; end = bytes.IndexOfAny((byte)'\n', (byte)'\r'))
        {
            CheckLine(_line + end);
            _line = 0;
            bytes = bytes[(end + 1)..];
        }

        _line += bytes.Length;
        CheckLine(_line);
    }

    private void CheckLine(long length)
    {
        if (length > limits.LineBytes)
        {
            throw ModelWords.Of(ModelProblem.TooLarge, subject, string.Create(CultureInfo.InvariantCulture, $"more than {limits.LineBytes} bytes in one line"));
        }
    }
}
