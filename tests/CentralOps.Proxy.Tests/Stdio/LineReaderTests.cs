using System.Text;
using CentralOps.Proxy.Stdio;

namespace CentralOps.Proxy.Tests.Stdio;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(4096)]
    public async Task Lines_are_the_same_however_the_bytes_come(int atOnce)
    {
        var text = "{}\n\r\nabc\r\n" + new string('x', 21) + "\nlast\n" + new string('y', 50) + "\n" + new string('z', 20) + "\nopen";
        var reader = new LineReader(new Dribble(Encoding.UTF8.GetBytes(text), atOnce), maxBytes: 20);
        var lines = new List<string>();
        while (await reader.ReadAsync(default) is { } line)
        {
            lines.Add(line.TooLong ? "(too long)" : Encoding.UTF8.GetString(line.Bytes.Span));
        }

        lines.ShouldBe(["{}", "", "abc", "(too long)", "last", "(too long)", new string('z', 20), "open"]);
    }

    [Fact]
    public async Task A_line_that_never_ends_is_told_once_and_takes_no_more_memory()
    {
        var reader = new LineReader(new Endless(), maxBytes: 1000);
        (await reader.ReadAsync(default)).ShouldNotBeNull().TooLong.ShouldBeTrue();
        using var stop = new CancellationTokenSource();
        var next = reader.ReadAsync(stop.Token).AsTask();
        await Task.Yield();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(next);
    }

    private sealed class Dribble(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atOnce)], cancellationToken);
    }

    private sealed class Endless : MemoryStream
    {
        private long _given;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            buffer.Length.ShouldBeLessThan(64 * 1024, "what is passed over is not kept");
            buffer.Span.Fill((byte)'x');
            _given += buffer.Length;
            return buffer.Length;
        }
    }
}
