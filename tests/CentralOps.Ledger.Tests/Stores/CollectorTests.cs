using System.Net;
using System.Text;
using System.Text.Json;
using CentralOps.Accounts.Tests.Stubs;
using CentralOps.Ledger.Records;
using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Stores;
using CentralOps.Ledger.Tests.Fixtures;
using CentralOps.Ledger.Writing;

namespace CentralOps.Ledger.Tests.Stores;

/// <summary>Ledgers that somebody else collects: a stream, and an OpenTelemetry collector.</summary>
public sealed class CollectorTests
{
    [Fact]
    public async Task A_stream_has_whole_lines_in_a_chain_and_an_end_is_there_before_the_answer()
    {
        using var stream = new MemoryStream();
        using var key = LedgerKey.New();
        await using var ledger = LedgerWriter.ToStream(stream, new LedgerOptions { Time = new ManualTime(), Key = key });
        await ledger.EndAsync(await ledger.BeginAsync(TestLedger.Call(), CancellationToken.None), TestLedger.Answered(), CancellationToken.None);

        var lines = Encoding.ASCII.GetString(stream.ToArray()).Split('\n')[..^1];
        lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()).ShouldBe(["open", "begin", "head", "accounts", "end", "head"]);
        ChainPosition.HashOf(Encoding.ASCII.GetBytes(lines[1])).ShouldBe(JsonDocument.Parse(lines[3]).RootElement.GetProperty("prev").GetString());
        Head.TryRead(Encoding.ASCII.GetBytes(lines[5]), out var head).ShouldBeTrue();
        head!.IsSignedBy(key).ShouldBeTrue();
        head.Hash.ShouldBe(ChainPosition.HashOf(Encoding.ASCII.GetBytes(lines[4])));
    }

    [Fact]
    public async Task A_stream_that_takes_nothing_refuses_calls_and_begins_another_chain_when_it_takes_again()
    {
        using var stream = new MovableStream();
        await using var ledger = LedgerWriter.ToStream(stream, new LedgerOptions { Time = new ManualTime() });
        var first = await ledger.BeginAsync(TestLedger.Call(), CancellationToken.None);
        stream.IsFull = true;
        await Should.ThrowAsync<LedgerUnavailableException>(() => ledger.BeginAsync(TestLedger.Call(), CancellationToken.None));
        stream.IsFull = false;
        await ledger.BeginAsync(TestLedger.Call(), CancellationToken.None);
        await ledger.EndAsync(first, TestLedger.Answered(), CancellationToken.None);
        Encoding.ASCII.GetString(stream.ToArray()).Split("\"type\":\"open\"").Length.ShouldBe(3);
    }

    [Fact]
    public async Task A_collector_gets_each_line_as_a_log_record_and_what_it_does_not_take_is_refused()
    {
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK, HttpStatusCode.BadRequest]);
        var bodies = new List<JsonElement>();
        var time = new ManualTime();
        using var http = new HttpMessageInvoker(new Collector(async request =>
        {
            request.Headers.GetValues("api-key").ShouldBe(["k"]);
            request.Content!.Headers.ContentType!.MediaType.ShouldBe("application/json");
            bodies.Add(JsonDocument.Parse(await request.Content.ReadAsStringAsync()).RootElement);
            return answers.Dequeue();
        }));
        var collector = new OtlpStoreOptions(new Uri("http://127.0.0.1:4318/v1/logs"), time) { Headers = new Dictionary<string, string> { ["api-key"] = "k" } };
        collector.ToString().ShouldBe("127.0.0.1:4318");
        await using var ledger = LedgerWriter.ToCollector(collector, http, new LedgerOptions { Time = time });

        var begun = ledger.BeginAsync(TestLedger.Call(), CancellationToken.None);
        await MovingAsync(time, begun);
        bodies.Count.ShouldBe(2);
        var records = bodies[1].GetProperty("resourceLogs")[0].GetProperty("scopeLogs")[0].GetProperty("logRecords");
        records.GetArrayLength().ShouldBe(2);
        long.Parse(records[1].GetProperty("timeUnixNano").GetString()!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1795348800000000000, 1795348860000000000);
        JsonDocument.Parse(records[1].GetProperty("body").GetProperty("stringValue").GetString()!).RootElement.GetProperty("type").GetString().ShouldBe("begin");
        (await Should.ThrowAsync<LedgerUnavailableException>(() => ledger.BeginAsync(TestLedger.Call(), CancellationToken.None))).Message.ShouldBe("the OpenTelemetry collector answered 400");
        answers.Enqueue(HttpStatusCode.OK);
    }

    private static async Task MovingAsync(ManualTime time, Task task)
    {
        while (!task.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            await Task.Delay(20);
        }

        await task;
    }

    private sealed class Collector(Func<HttpRequestMessage, Task<HttpStatusCode>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => new(await answer(request));
    }

    private sealed class MovableStream : MemoryStream
    {
        public bool IsFull { get; set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            IsFull ? throw new IOException("No space left on device") : base.WriteAsync(buffer, cancellationToken);
    }
}
