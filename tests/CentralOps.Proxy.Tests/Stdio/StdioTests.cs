using System.Text;
using System.Text.Json;
using CentralOps.Proxy.Stdio;
using CentralOps.Proxy.Tests.Fixtures;

namespace CentralOps.Proxy.Tests.Stdio;

public sealed class StdioTests
{
    [Fact]
    public async Task What_is_no_json_is_a_parse_error_and_the_next_line_is_answered()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = proxy.Connect();
        await client.SendAsync("{\"jsonrpc\": nonsense");
        Code(await client.Await("null")).ShouldBe(-32700);
        (await client.AskAsync("ping")).GetProperty("result").EnumerateObject().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[]", -32600)]
    [InlineData("7", -32600)]
    [InlineData("""{"jsonrpc":"1.0","method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600)]
    public async Task What_is_no_request_is_refused(string line, int code)
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = proxy.Connect();
        await client.SendAsync(line);
        Code(await client.Await("null")).ShouldBe(code);
    }

    [Fact]
    public async Task A_member_that_is_there_twice_is_refused_with_the_requests_id()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        var answer = client.Await("77");
        await client.SendAsync("""{"jsonrpc":"2.0","id":77,"method":"tools/call","params":{"name":"aws___list_regions","arguments":{"account_id":"222222222222","account_id":"333333333333"}}}""");
        (await answer).TryGetProperty("error", out _).ShouldBeTrue();
        proxy.Server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_passed_over()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = proxy.Connect();
        var sending = client.SendAsync($$$"""{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"{{{new string('x', StdioProxy.MaxLineBytes + 1)}}}"}}""");
        Code(await client.Await("null")).ShouldBe(-32600);
        await sending;
        (await client.AskAsync("ping", id: "2")).TryGetProperty("result", out _).ShouldBeTrue();
        client.Lines.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_but_messages_on_lines_of_their_own_is_written()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        await client.SendAsync("");
        await client.SendAsync("  \r");
        await client.SendAsync("""{"jsonrpc":"2.0","id":99,"result":{}}""");
        await client.SendAsync("""{"jsonrpc":"2.0","method":"notifications/of_somebody"}""");
        // The server of these tests writes its answers on several lines.
        await client.ToldAsync("aws___list_regions");
        client.Lines.Count.ShouldBe(2, "initialize and the call: blank lines, answers and notifications are not answered");
        client.Lines.ShouldAllBe(static line => JsonDocument.Parse(line).RootElement.GetProperty("jsonrpc").GetString() == "2.0");
    }

    [Fact]
    public async Task Requests_are_answered_as_they_are_ready()
    {
        await using var proxy = await TestProxy.StartAsync();
        var release = new TaskCompletionSource();
        proxy.Server.Answer = async call =>
        {
            if (call.Tool is "aws___run_script")
            {
                await release.Task;
            }

            return """ "result":{"content":[{"type":"text","text":"done"}]} """;
        };
        var client = await proxy.Connect().InitializeAsync();
        var slow = client.CallAsync("aws___run_script", """{"code":"1"}""");
        await client.CallAsync("aws___list_regions");
        slow.IsCompleted.ShouldBeFalse();
        release.SetResult();
        await slow;
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_at_the_server_and_not_answered()
    {
        await using var proxy = await TestProxy.StartAsync();
        var began = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource<string>();
        proxy.Server.Before = async (call, context) =>
        {
            if (call.Method is "notifications/cancelled")
            {
                cancelled.TrySetResult(call.Params.GetProperty("requestId").GetRawText());
            }

            if (call.Method is not "tools/call")
            {
                return false;
            }

            began.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return true;
        };
        var client = await proxy.Connect().InitializeAsync();
        await client.SendAsync("""{"jsonrpc":"2.0","id":"long","method":"tools/call","params":{"name":"aws___run_script","arguments":{"code":"1"}}}""");
        await began.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await client.SendAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"long","reason":"enough"}}""");
        (await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(proxy.Server.Calls.Single().Id);
        await client.AskAsync("ping");
        client.Lines.ShouldNotContain(static line => line.Contains("\"long\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_id_that_is_in_use_is_refused()
    {
        await using var proxy = await TestProxy.StartAsync();
        var release = new TaskCompletionSource();
        var began = new TaskCompletionSource();
        proxy.Server.Answer = async _ =>
        {
            began.TrySetResult();
            await release.Task;
            return """ "result":{"content":[]} """;
        };
        var client = await proxy.Connect().InitializeAsync();
        const string Call = """{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"aws___list_regions"}}""";
        await client.SendAsync(Call);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(60));
        var first = client.Await("5");
        await client.SendAsync(Call);
        Code(await first).ShouldBe(-32600);
        release.SetResult();
    }

    [Fact]
    public async Task The_end_of_the_input_ends_it_after_the_last_answer()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = await proxy.Connect().InitializeAsync();
        var answer = client.Await("8");
        await client.SendAsync("""{"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"aws___list_regions"}}""");
        await client.EndInputAsync();
        (await answer).TryGetProperty("result", out _).ShouldBeTrue();
        await client.Ended;
    }

    [Fact]
    public async Task It_ends_when_nobody_reads_its_answers()
    {
        await using var proxy = await TestProxy.StartAsync();
        var client = proxy.Connect();
        await client.StopReadingAsync();
        await client.EndInputAsync();
        await client.Ended;
    }

    [Fact]
    public async Task Batches_are_taken_in_the_one_revision_that_has_them()
    {
        await using var proxy = await TestProxy.StartAsync();
        const string Batch = """[{"jsonrpc":"2.0","id":11,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","id":12,"method":"tools/call","params":{"name":"aws___list_regions"}}]""";
        var client = await proxy.Connect().InitializeAsync("2025-03-26");
        await client.SendAsync(Batch);
        (await client.Await("batch")).EnumerateArray().Select(static answer => answer.GetProperty("id").GetInt32()).ShouldBe([11, 12]);

        var later = await proxy.Connect().InitializeAsync("2025-06-18");
        await later.SendAsync(Batch);
        Code(await later.Await("null")).ShouldBe(-32600);
    }

    private static int Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();
}
