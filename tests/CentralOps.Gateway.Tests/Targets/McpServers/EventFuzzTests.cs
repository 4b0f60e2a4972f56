using System.Text;
using CentralOps.Gateway.Targets.McpServers;
using CentralOps.Gateway.Tests.Targets.McpServers.Hostile;

namespace CentralOps.Gateway.Tests.Targets.McpServers;

/// <summary>Streams of events, drawn and damaged: read as the specification reads them, however they are cut, and no further than the bound.</summary>
public sealed class EventFuzzTests
{
    // './test --long' runs the large form.
    private static readonly int Cases = Environment.GetEnvironmentVariable("CENTRALOPS_LONG") is null ? 4_000 : 200_000;

    private const int Bound = 64 * 1024;

    private static readonly string[] Ends = ["\n", "\r\n", "\r"];
    private static readonly string[] Lines =
    [
        "data: {\"a\":1}", "data:x", "data", "data:", "data:  two", "event: message", "event: other", "event", "id: 7", "id", "id: \u0001", "retry: 10", "retry: x", "retry: 99999999999", ": comment", "unknown: 1", "é: ü",
        "data: é🦊",
    ];

    [Theory]
    [InlineData(7)]
    [InlineData(20261122)]
    public async Task A_stream_is_read_alike_however_it_is_cut_and_as_the_specification_says(int seed)
    {
        var random = new Random(seed);
        var events = 0;
        for (var i = 0; i < Cases; i++)
        {
            var bytes = Draw(random);

            var (whole, lastId, retry) = await ReadAsync(new CutStream(bytes, null));
            var (cut, cutId, cutRetry) = await ReadAsync(new CutStream(bytes, random));

            var told = $"seed {seed}, case {i}: {Convert.ToBase64String(bytes)}";
            whole.ShouldBe(Specified(bytes), told);
            cut.ShouldBe(whole, told);
            (cutId, cutRetry).ShouldBe((lastId, retry), told);
            (retry is null || retry.Value <= TimeSpan.FromMinutes(1)).ShouldBeTrue(told);
            (lastId is null || lastId.All(letter => letter is >= ' ' and <= '~')).ShouldBeTrue(told);
            events += whole.Count;
        }

        events.ShouldBeGreaterThan(Cases);
    }

    [Theory]
    [InlineData("data: ", "x", "")]
    [InlineData("", "data: x\n", "")]
    [InlineData("", "data: x\r", "")]
    [InlineData("", ":", "")]
    [InlineData("", "\n", "")]
    [InlineData("", "id: 1\n", "")]
    [InlineData("data: ", "\0", "\n\n")]
    public async Task A_stream_without_an_end_is_left_at_the_bound_and_takes_no_more_memory_than_a_few_times_that(string start, string more, string end)
    {
        var text = start + string.Concat(Enumerable.Repeat(more, Bound * 8 / more.Length)) + end;
        var stream = new CutStream(Encoding.UTF8.GetBytes(text), null);
        var events = new ServerEvents(stream, Bound);
        var before = GC.GetAllocatedBytesForCurrentThread();

        while (await events.ReadAsync(default) is not null)
        {
        }

        events.TooLarge.ShouldBeTrue();
        stream.Taken.ShouldBeLessThanOrEqualTo(4 * Bound);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16 * Bound);
    }

    private static byte[] Draw(Random random)
    {
        var text = new StringBuilder(random.Next(4) == 0 ? "\uFEFF" : "");
        var end = Ends[random.Next(3)];
        for (var lines = random.Next(1, 24); lines > 0; lines--)
        {
            end = random.Next(5) == 0 ? Ends[random.Next(3)] : end;
            text.Append(random.Next(3) == 0 ? "" : Lines[random.Next(Lines.Length)]).Append(end);
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return random.Next(2) == 0 ? bytes : Mutation.Of(random, bytes, random.Next(1, 4));
    }

    private static async Task<(List<string> Events, string? LastId, TimeSpan? Retry)> ReadAsync(Stream stream)
    {
        var events = new ServerEvents(stream, Bound);
        var found = new List<string>();
        while (await events.ReadAsync(default) is { } next)
        {
            found.Add($"{next.IsMessage} {Convert.ToHexString(next.Data.Span)}");
        }

        return (found, events.LastId, events.Retry);
    }

    /// <summary>The algorithm of the specification over the whole text, byte by byte.</summary>
    private static List<string> Specified(byte[] bytes)
    {
        var (found, type, data) = (new List<string>(), "", default(string));
        foreach (var line in SplitLines(bytes))
        {
            if (line.Length == 0)
            {
                if (data is not null)
                {
                    found.Add($"{type is "" or "message"} {Convert.ToHexString(Encoding.Latin1.GetBytes(data))}");
                }

                (type, data) = ("", null);
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (name, value) = colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..]);
            value = value.StartsWith(' ') ? value[1..] : value;
            data = name == "data" ? (data is null ? value : data + "\n" + value) : data;
            type = name == "event" ? value : type;
        }

        return found;
    }

    /// <summary>Whole lines, a byte a character.</summary>
    private static IEnumerable<string> SplitLines(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes);
        var start = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is not ('\r' or '\n'))
            {
                continue;
            }

            yield return text[start..at];
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 1 : 0;
            start = at + 1;
        }
    }
}
