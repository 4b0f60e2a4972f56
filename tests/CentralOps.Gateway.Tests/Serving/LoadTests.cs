using System.Net.Sockets;
using System.Text;
using CentralOps.Gateway.Targets;
using CentralOps.Gateway.Tests.Fixtures;

namespace CentralOps.Gateway.Tests.Serving;

public sealed class LoadTests
{
    [Fact]
    public async Task Concurrent_calls_get_their_own_answers()
    {
        var target = new TestTarget(async (invocation, _) =>
        {
            await Task.Yield();
            return TargetAnswer.Of(invocation.Arguments);
        });
        await using var gateway = await TestGateway.StartAsync(target);

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(async i =>
            (i, await gateway.Http.PostAsync(McpHttp.Call($$"""{"message":"{{new string((char)('a' + (i % 26)), i * 20)}}","count":{{i}}}""", $"{i}")))));

        foreach (var (i, answer) in answers)
        {
            answer.Id.ShouldBe($"{i}");
            answer.Text.ShouldEndWith($$""","count":{{i}}}""");
        }

        target.Called.Count.ShouldBe(400);
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_the_wait_for_the_target_and_nobody_else_notices()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var target = new TestTarget(async (invocation, cancellationToken) =>
        {
            if (invocation.MessageIdText() == "stay")
            {
                return TargetAnswer.Of("1"u8.ToArray());
            }

            started.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                cancelled.SetResult();
                throw;
            }

            return default;
        });
        await using var gateway = await TestGateway.StartAsync(target);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(gateway.Url.Host, gateway.Url.Port);
            var body = McpHttp.Call("""{"message":"hi"}""");
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {gateway.Url.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            await started.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        (await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}""", "\"stay\""))).Text.ShouldBe("1");
    }

    [Fact]
    public async Task Requests_on_one_connection_do_not_see_each_other()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Url.Host, gateway.Url.Port);
        var large = McpHttp.Call($$"""{"message":"{{new string('x', 100_000)}}"}""", "1");
        var small = McpHttp.Call("""{"message":"y"}""", "2");
        var broken = "{";
        var requests = new[] { large, small, broken, small }.Select((body, i) =>
            $"POST {gateway.Url.AbsolutePath} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{(i == 3 ? "Connection: close\r\n" : "")}Content-Length: {body.Length}\r\n\r\n{body}");

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(string.Concat(requests)));
        var answers = (await new StreamReader(client.GetStream()).ReadToEndAsync()).Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries);

        answers.Length.ShouldBe(4);
        answers[0].ShouldContain("\"id\":1,");
        answers[1].ShouldEndWith("""{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"{\"message\":\"y\"}"}],"isError":false}}""");
        answers[2].ShouldContain("-32700");
        answers[3].ShouldEndWith(answers[1][^60..]);
    }

    [Theory]
    [InlineData(true, "The target failed inside the gateway, whose log says why. Retry the request.")]
    [InlineData(false, "An internal error occurred. Please retry later.")]
    public async Task A_target_that_throws_is_a_tool_error_and_its_exception_stays_in_the_log(bool debug, string said)
    {
        var logs = new TestLogs();
        var target = new TestTarget((_, _) => throw new InvalidOperationException("secret detail"));
        var config = TestGateway.Config(TestGateway.Target("ec2", TestGateway.Tool("echo"))) with { Debug = debug };
        await using var gateway = await TestGateway.StartAsync(TestGateway.Options(config, target) with { Logging = logs });

        var answer = await gateway.Http.PostAsync(McpHttp.Call("""{"message":"hi"}"""));

        answer.IsError.ShouldBeTrue();
        answer.Text.ShouldBe(said);
        answer.Body.ShouldNotContain("secret");
        logs.Lines.ShouldContain(line => line.Text.Contains("secret detail", StringComparison.Ordinal));
    }
}
