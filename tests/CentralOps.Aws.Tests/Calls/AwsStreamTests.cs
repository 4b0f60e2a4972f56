using System.Net.Sockets;
using System.Text;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Tests.Protocols;
using CentralOps.Aws.Tests.Protocols.EventStreams;
using CentralOps.Aws.Tests.Protocols.RoundTrips;

namespace CentralOps.Aws.Tests.Calls;

public sealed class AwsStreamTests
{
    private static readonly OperationModel Talk = Wires.Model(
        """{"protocol":"rest-json","endpointPrefix":"talk","serviceId":"Talk","signatureVersion":"v4"}""",
        """{"http":{"method":"POST","requestUri":"/talk"},"input":{"shape":"I"},"output":{"shape":"O"}}""",
        """
        {"I":{"type":"structure","members":{"Text":{"shape":"S"}}},"O":{"type":"structure","members":{"Stream":{"shape":"E"}},"payload":"Stream"},
         "E":{"type":"structure","eventstream":true,"members":{"Word":{"shape":"W"},"Slow":{"shape":"X"}}},"W":{"type":"structure","event":true,"members":{"Text":{"shape":"S"}}},
         "X":{"type":"structure","exception":true,"error":{"httpStatusCode":429},"members":{"message":{"shape":"S"}}},"S":{"type":"string"}}
        """);

    private static readonly AwsCall Call = CallFixture.Call with { Operation = Talk, Input = new("""{"Text":"hello"}"""u8.ToArray()) };

    [Fact]
    public async Task Events_come_one_by_one_while_the_connection_stays_open()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var fixture = new CallFixture(async exchange =>
        {
            await BeginAsync(exchange);
            await SendAsync(exchange, Events.Event("Word", """{"Text":"one"}"""));
            await gate.Task;
            await SendAsync(exchange, Events.Event("Word", """{"Text":"two"}"""));
            exchange.Close();
        });

        await using var stream = await fixture.Client.StreamAsync(Call, CancellationToken.None);
        stream.Answer.Succeeded.ShouldBeTrue(stream.Answer.Failure?.ToString());
        await using var events = stream.EventsAsync().GetAsyncEnumerator();
        (await events.MoveNextAsync()).ShouldBeTrue();
        events.Current.Json.Text().ShouldBe("""{"Word":{"Text":"one"}}""");
        gate.SetResult();
        (await events.MoveNextAsync()).ShouldBeTrue();
        (events.Current.Name, events.Current.Json.Text()).ShouldBe(("Word", """{"Word":{"Text":"two"}}"""));
        (await events.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task An_exception_in_the_stream_is_its_last_event()
    {
        await using var fixture = new CallFixture(async exchange =>
        {
            await BeginAsync(exchange);
            await SendAsync(exchange, [.. Events.Event("Word", """{"Text":"one"}"""), .. Events.Exception("Slow", """{"message":"Wait."}"""), .. Events.Event("Word", "{}")]);
            exchange.Close();
        });

        var events = await ReadAsync(fixture);

        events.Count.ShouldBe(2);
        (events[1].Failure!.Code, events[1].Failure!.Message, events[1].Failure!.Status, events[1].Failure!.Kind).ShouldBe(("X", "Wait.", 429, FailureKind.Throttling));
        events[1].Failure!.RequestId.ShouldBe("r-1");
    }

    [Fact]
    public async Task A_stream_that_breaks_off_or_is_broken_says_so()
    {
        var whole = Events.Event("Word", """{"Text":"one"}""");
        foreach (var (bytes, code) in ((byte[], string)[])[(whole[..^1], NetworkCodes.MalformedAnswer), ([.. whole[..^1], (byte)(whole[^1] ^ 1)], NetworkCodes.MalformedAnswer), ("HTTP/1.1 nonsense"u8.ToArray(), NetworkCodes.MalformedAnswer)])
        {
            await using var fixture = new CallFixture(async exchange =>
            {
                await BeginAsync(exchange);
                await SendAsync(exchange, [.. whole, .. bytes]);
                exchange.Close();
            });

            var events = await ReadAsync(fixture);
            (events.Count, events[^1].Failure!.Code).ShouldBe((2, code));
        }
    }

    [Fact]
    public async Task A_call_that_is_refused_has_no_events()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(403, """{"message":"No."}""", ("x-amzn-ErrorType", "AccessDeniedException")));

        await using var stream = await fixture.Client.StreamAsync(Call, CancellationToken.None);

        stream.Answer.Failure!.Code.ShouldBe("AccessDeniedException");
        (await stream.EventsAsync().ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Throttling_before_the_first_event_is_tried_again()
    {
        await using var fixture = new CallFixture(async exchange =>
        {
            if (exchange.Number == 1)
            {
                await exchange.AnswerAsync(429, """{"message":"Slow."}""", ("x-amzn-ErrorType", "ThrottlingException"));
                return;
            }

            await BeginAsync(exchange);
            await SendAsync(exchange, Events.Event("Word", "{}"));
            exchange.Close();
        }, new AwsClientOptions { Jitter = new NoWaits() });

        var events = await ReadAsync(fixture);

        events.Single().Name.ShouldBe("Word");
        fixture.Server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_caller_who_has_heard_enough_cancels_or_leaves()
    {
        await using var fixture = new CallFixture(async exchange =>
        {
            await BeginAsync(exchange);
            await SendAsync(exchange, Events.Event("Word", "{}"));
            await exchange.HangAsync();
        });
        using var enough = new CancellationTokenSource();
        await using var stream = await fixture.Client.StreamAsync(Call, CancellationToken.None);
        await using var events = stream.EventsAsync(enough.Token).GetAsyncEnumerator(CancellationToken.None);
        (await events.MoveNextAsync()).ShouldBeTrue();

        var waiting = events.MoveNextAsync();
        await enough.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await waiting);
    }

    [Fact]
    public async Task An_event_that_does_not_come_in_time_ends_the_stream()
    {
        await using var fixture = new CallFixture(async exchange =>
        {
            await BeginAsync(exchange);
            await SendAsync(exchange, Events.Event("Word", "{}"));
            await exchange.HangAsync();
        });
        await using var stream = await fixture.Client.StreamAsync(Call with { AttemptTimeout = TimeSpan.FromSeconds(30) }, CancellationToken.None);
        await using var events = stream.EventsAsync().GetAsyncEnumerator();
        (await events.MoveNextAsync()).ShouldBeTrue();

        var waiting = events.MoveNextAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(31));

        (await waiting).ShouldBeTrue();
        events.Current.Failure!.Code.ShouldBe(NetworkCodes.TimedOut);
        (await events.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_stream()
    {
        const int Count = 400;
        var one = Events.Event("Word", $$"""{"Text":"{{new string('x', 200_000)}}"}""");
        await using var fixture = new CallFixture(async exchange =>
        {
            await BeginAsync(exchange);
            for (var i = 0; i < Count; i++)
            {
                await SendAsync(exchange, one);
            }

            exchange.Close();
        });
        await using var stream = await fixture.Client.StreamAsync(Call, CancellationToken.None);
        long total = 0, most = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var next in stream.EventsAsync())
        {
            total += next.Json.Length;
            if (total % (next.Json.Length * 50L) == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        total.ShouldBeGreaterThan(80_000_000);

        // Half of the stream: other tests of this process allocate beside it.
        most.ShouldBeLessThan(40 * 1024 * 1024);
    }

    [Fact]
    public async Task The_two_ways_to_call_do_not_take_each_others_operations()
    {
        await using var fixture = new CallFixture(exchange => exchange.AnswerAsync(200, "{}"));

        (await Should.ThrowAsync<InputException>(() => fixture.Client.CallAsync(Call, new Transcription(fixture.Output), CancellationToken.None))).Message.ShouldContain("StreamAsync");
        (await Should.ThrowAsync<InputException>(() => fixture.Client.StreamAsync(CallFixture.Call, CancellationToken.None))).Message.ShouldContain("CallAsync");
        fixture.Server.Requests.ShouldBeEmpty();
    }

    [BotocoreFact]
    public async Task Bedrock_converses_by_AWS_s_own_model()
    {
        var model = ServiceModel.Read(Encoding.UTF8.GetBytes(BotocoreFactAttribute.Botocore!.Service("bedrock-runtime").ToJsonString()), "bedrock-runtime");
        await using var fixture = new CallFixture(async exchange =>
        {
            exchange.Request.Path.ShouldBe("/model/anthropic.claude-v2%3A1/converse-stream");
            Encoding.UTF8.GetString(exchange.Request.Body.Span).ShouldBe("""{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}""");
            await BeginAsync(exchange);
            await SendAsync(exchange, [
                .. Events.Event("messageStart", """{"role":"assistant","p":"abc"}"""),
                .. Events.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":"Hel"}}"""),
                .. Events.Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":"lo \u00e9"}}"""),
                .. Events.Event("contentBlockStop", """{"contentBlockIndex":0}"""),
                .. Events.Event("messageStop", """{"stopReason":"end_turn"}"""),
                .. Events.Event("metadata", """{"usage":{"inputTokens":8,"outputTokens":2,"totalTokens":10},"metrics":{"latencyMs":41}}""")]);
            exchange.Close();
        });
        var call = CallFixture.Call with
        {
            Operation = model.Operation("ConverseStream"),
            Input = new("""{"modelId":"anthropic.claude-v2:1","messages":[{"role":"user","content":[{"text":"Hi"}]}]}"""u8.ToArray()),
        };

        await using var stream = await fixture.Client.StreamAsync(call, CancellationToken.None);
        var events = await stream.EventsAsync().ToListAsync();

        events.Select(next => next.Json.Text()).ShouldBe(
        [
            """{"messageStart":{"role":"assistant"}}""",
            """{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":"Hel"}}}""",
            """{"contentBlockDelta":{"contentBlockIndex":0,"delta":{"text":"lo é"}}}""",
            """{"contentBlockStop":{"contentBlockIndex":0}}""",
            """{"messageStop":{"stopReason":"end_turn"}}""",
            """{"metadata":{"usage":{"inputTokens":8,"outputTokens":2,"totalTokens":10},"metrics":{"latencyMs":41}}}""",
        ]);
        Should.Throw<InputException>(() => model.Operation("InvokeModelWithBidirectionalStream").Write("""{"modelId":"m"}""")).Message
            .ShouldContain("bedrock-runtime:InvokeModelWithBidirectionalStream");
    }

    private static async Task<List<AwsEvent>> ReadAsync(CallFixture fixture)
    {
        await using var stream = await fixture.Client.StreamAsync(Call, CancellationToken.None);
        stream.Answer.Succeeded.ShouldBeTrue(stream.Answer.Failure?.ToString());
        return await stream.EventsAsync().ToListAsync();
    }

    private static Task BeginAsync(LoopbackExchange exchange) =>
        exchange.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amazon.eventstream\r\nx-amzn-RequestId: r-1\r\nConnection: close\r\n\r\n");

    private static async Task SendAsync(LoopbackExchange exchange, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await exchange.Socket.SendAsync(bytes.AsMemory(sent), SocketFlags.None, exchange.Ending);
        }
    }

    private sealed class NoWaits : Random
    {
        public override double NextDouble() => 0;
    }
}
