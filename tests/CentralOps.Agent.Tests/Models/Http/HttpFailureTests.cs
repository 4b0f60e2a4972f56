using System.Text;
using CentralOps.Agent.Models;
using CentralOps.Agent.Tests.Models.Fixtures;
using CentralOps.Sandbox.Tests.Fixtures;

namespace CentralOps.Agent.Tests.Models.Http;

public sealed class HttpFailureTests
{
    private const string Answer = """{"choices":[{"message":{"content":"58"},"finish_reason":"stop"}]}""";

    [Theory]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens.","code":"context_length_exceeded"}}""", ModelProblem.TooLong)]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 208310 tokens > 200000 maximum"}}""", ModelProblem.TooLong)]
    [InlineData(400, """{"error":{"message":"registry model phi does not support tools","type":"api_error_x"}}""", ModelProblem.ToolsUnsupported)]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}}""", ModelProblem.Quota)]
    [InlineData(400, """{"error":{"message":"Unsupported parameter: 'temperature'.","code":"unsupported_parameter"}}""", ModelProblem.Rejected)]
    [InlineData(422, """{"detail":"wrong"}""", ModelProblem.Rejected)]
    [InlineData(402, """{"error":"pay"}""", ModelProblem.Quota)]
    [InlineData(403, """{"error":{"message":"Project may not use it."}}""", ModelProblem.AccessDenied)]
    [InlineData(404, """{"error":{"message":"model 'x' not found, try pulling it first"}}""", ModelProblem.UnknownModel)]
    [InlineData(413, "<html>too large</html>", ModelProblem.TooLong)]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota","code":"insufficient_quota","type":"insufficient_quota"}}""", ModelProblem.Quota)]
    [InlineData(307, "", ModelProblem.Unreachable)]
    [InlineData(501, """{"error":null}""", ModelProblem.Unavailable)]
    public async Task What_no_second_attempt_mends_is_told_at_once(int status, string body, ModelProblem problem)
    {
        await using var server = await ModelServer.StartAsync(Replies.Status(status, body, ("Location", "https://models.example.com/"), ("x-request-id", "req-1")));

        var failed = await Should.ThrowAsync<ModelException>(() => server.Client().AskAsync(streams: true));

        failed.Problem.ShouldBe(problem);
        failed.Message.ShouldContain("test-model");
        failed.Message.ShouldNotContain("<html>");
        failed.Remedy.ShouldNotBeNullOrEmpty();
        failed.RequestId.ShouldBe("req-1");
        server.Requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task What_passes_is_tried_four_times(int status)
    {
        var no = Replies.Status(status, """{"error":{"message":"Not now."}}""");
        await using var server = await ModelServer.StartAsync(no, no, no, Replies.Json(Answer), no, no, no, no);

        (await server.Client().AskAsync(streams: false)).Text.ShouldBe("58");
        (await Should.ThrowAsync<ModelException>(() => server.Client().AskAsync(streams: false))).Message.ShouldContain("Reported: Not now.");
        server.Requests.Count.ShouldBe(8);
    }

    [Theory]
    [InlineData("Retry-After", "7", 7.0)]
    [InlineData("retry-after-ms", "1500", 1.5)]
    public async Task The_server_says_how_long_to_wait(string name, string value, double seconds)
    {
        var time = new ManualTime();
        await using var server = await ModelServer.StartAsync(Replies.Status(429, "{}", (name, value)), Replies.Json(Answer));

        var answer = server.Client(time: time).AskAsync(streams: false);
        await Eventually.BecomesTrue(() => time.IsAwaited(TimeSpan.FromSeconds(seconds)), "the wait is the server's");
        server.Requests.ShouldHaveSingleItem();
        time.Advance(TimeSpan.FromSeconds(seconds));

        (await answer.WaitAsync(TimeSpan.FromSeconds(60))).Text.ShouldBe("58");
    }

    [Fact]
    public async Task A_wait_that_nobody_waits_is_told_on()
    {
        await using var server = await ModelServer.StartAsync(Replies.Status(429, "{}", ("Retry-After", "3600")));

        var failed = await Should.ThrowAsync<ModelException>(() => server.Client().AskAsync(streams: false));

        (failed.Problem, failed.RetryAfter).ShouldBe((ModelProblem.Throttled, TimeSpan.FromHours(1)));
        server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_servers_own_word_on_another_attempt_counts()
    {
        await using var server = await ModelServer.StartAsync(Replies.Status(500, "{}", ("x-should-retry", "false")), Replies.Status(400, "{}", ("x-should-retry", "true")), Replies.Json(Answer));

        await Should.ThrowAsync<ModelException>(() => server.Client().AskAsync(streams: false));
        (await server.Client().AskAsync(streams: false)).Text.ShouldBe("58");
    }

    [Theory]
    [InlineData("openai", 401, """{"error":{"message":"Incorrect API key provided: sk-tes*****key.","code":"invalid_api_key"}}""")]
    [InlineData("openai", 401, """{"error":{"message":"Unknown key sk-test-key"}}""")]
    [InlineData("openai", 400, """{"error":{"message":"The header was Bearer sk-test-key, which is odd."}}""")]
    [InlineData("openai", 500, "sk-test-key")]
    [InlineData("anthropic", 401, """{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key: sk-test-key"}}""")]
    public async Task A_key_is_in_no_error(string provider, int status, string body)
    {
        await using var server = await ModelServer.StartAsync((_, response) => Replies.Status(status, body)(response));

        var failed = await Should.ThrowAsync<ModelException>(() => server.Client(provider).AskAsync(streams: false));

        failed.ToString().ShouldNotContain("sk-tes");
        (failed.Problem == ModelProblem.Credentials).ShouldBe(status == 401);
        failed.Remedy.ShouldContain(status == 401 ? "_API_KEY" : "");
    }

    [Fact]
    public async Task A_key_is_in_no_error_of_a_stream()
    {
        await using var server = await ModelServer.StartAsync((_, response) => Replies.Events("""{"error":{"message":"The key sk-test-key is odd.","code":"odd"}}""")(response));

        (await Should.ThrowAsync<ModelException>(() => server.Client().AskAsync(streams: true))).ToString().ShouldNotContain("sk-test-key");
    }

    [Fact]
    public async Task What_acts_in_a_terminal_is_taken_out_of_what_a_server_says()
    {
        await using var server = await ModelServer.StartAsync(Replies.Status(400, """{"error":{"message":"\u001b]0;owned\u0007 \u202e """ + new string('x', 5000) + "\"}}"));

        var failed = await Should.ThrowAsync<ModelException>(() => server.Client().AskAsync(streams: false));

        failed.Message.ShouldNotContain("\u001b");
        failed.Message.ShouldNotContain("\u202e");
        failed.Message.Length.ShouldBeLessThan(700);
    }

    [Theory]
    [InlineData("", "before the answer did")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"5\"}}]}\n\n", "before the answer did")]
    [InlineData("data: [DONE]\n\n", "before the answer did")]
    [InlineData("data: {\"choices\"\n\n", "not JSON")]
    [InlineData("data: nonsense\n\n", "not JSON")]
    [InlineData("data: {\"error\":{\"message\":\"out of memory\",\"type\":\"server_error\"}}\n\n", "out of memory")]
    public async Task A_stream_that_is_none_is_an_error_in_words(string body, string words)
    {
        await using var server = await ModelServer.StartAsync((_, response) => Replies.Bytes("text/event-stream", body)(response));

        var failed = await Should.ThrowAsync<ModelException>(() => server.Client().AskAsync(streams: true));

        failed.Problem.ShouldBeOneOf(ModelProblem.Broken, ModelProblem.Unavailable);
        failed.Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("text/html", "<html>a proxy's page</html>", "text/html")]
    [InlineData("application/json", "{\"choices\":", "not JSON")]
    [InlineData("application/json", "[]", "before the answer did")]
    [InlineData("application/json", "{}", "before the answer did")]
    [InlineData("application/json", "{\"choices\":[{\"message\":[1,2],\"finish_reason\":3}]}", "before the answer did")]
    [InlineData("application/json", "{\"error\":{\"message\":\"no model loaded\"}}", "no model loaded")]
    public async Task An_answer_that_is_none_is_an_error_in_words(string type, string body, string words)
    {
        await using var server = await ModelServer.StartAsync((_, response) => Replies.Bytes(type, body)(response));

        var failed = await Should.ThrowAsync<ModelException>(() => server.Client().AskAsync(streams: false));

        failed.Message.ShouldContain(words);
    }

    [Fact]
    public async Task A_line_without_an_end_and_an_answer_without_one_are_given_up()
    {
        static Func<Microsoft.AspNetCore.Http.HttpResponse, Task> Endless(string piece) => async response =>
        {
            response.ContentType = "text/event-stream";
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 1024)));
            try
            {
                while (true)
                {
                    await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
                }
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException)
            {
                // The client has given up, as it should.
            }
        };

        await using var server = await ModelServer.StartAsync(Endless("data: xxxxxxxx"), Endless("data: {}\n\n"), Endless("data: {\"choices\":[{\"delta\":{\"content\":\"xxxxxxxx\"}}]}\n\n"), Endless("data: x\n"));
        var limits = new ModelLimits { LineBytes = 100_000, AnswerBytes = 1_000_000, AnswerCharacters = 5000 };

        foreach (var words in (string[])["100000 bytes in one line", "1000000 bytes", "5000 characters", "1000000 bytes"])
        {
            var failed = await Should.ThrowAsync<ModelException>(() => server.Client(limits: limits).AskAsync(streams: true).WaitAsync(TimeSpan.FromSeconds(60)));
            failed.Problem.ShouldBe(ModelProblem.TooLarge);
            failed.Message.ShouldContain(words);
        }
    }

    [Fact]
    public async Task A_whole_answer_is_one_line_however_long()
    {
        var text = new string('x', 50_000);
        await using var server = await ModelServer.StartAsync(Replies.Json(Answer.Replace("58", text)));

        (await server.Client(limits: new ModelLimits { LineBytes = 1000 }).AskAsync(streams: false)).Text.ShouldBe(text);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up()
    {
        var time = new ManualTime();
        var silent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ModelServer.StartAsync(async response =>
        {
            await Replies.Bytes("text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"5\"}}]}\n\n")(response);
            silent.SetResult();
            await Task.Delay(Timeout.Infinite, response.HttpContext.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        });
        await using var updates = server.Client(limits: new ModelLimits { Silence = TimeSpan.FromSeconds(30) }, time: time).GetStreamingResponseAsync([Tool.User("How many?")]).GetAsyncEnumerator();
        (await updates.MoveNextAsync()).ShouldBeTrue();
        updates.Current.Text.ShouldBe("5");

        var next = updates.MoveNextAsync().AsTask();
        await silent.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Eventually.BecomesTrue(() => time.IsAwaited(TimeSpan.FromSeconds(30)), "the next piece has its time");
        time.Advance(TimeSpan.FromSeconds(30));

        (await Should.ThrowAsync<ModelException>(() => next.WaitAsync(TimeSpan.FromSeconds(60)))).Problem.ShouldBe(ModelProblem.TimedOut);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_question_can_be_taken_back(bool streams)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await ModelServer.StartAsync(async response =>
        {
            response.HttpContext.RequestAborted.Register(gone.SetResult);
            asked.SetResult();
            await gone.Task;
        });
        using var cancel = new CancellationTokenSource();

        var answer = server.Client().AskAsync(streams, [Tool.User("How many?")], cancellationToken: cancel.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer.WaitAsync(TimeSpan.FromSeconds(60)));
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Nobody_there_is_told_as_such()
    {
        var server = await ModelServer.StartAsync(Replies.Json(Answer));
        var url = server.Url;
        await server.DisposeAsync();
        using var http = new HttpMessageInvoker(Aws.Calls.AwsHttp.CreateHandler());
        ModelChoice.TryParse($"openai:m@{url}v1", out var choice, out _).ShouldBeTrue();
        ChatModels.TryOpen(choice, new ModelConnection { Http = http, Setting = static _ => null, Jitter = new NoJitter() }, out var client, out _).ShouldBeTrue();

        var failed = await Should.ThrowAsync<ModelException>(() => client.AskAsync(streams: true));

        failed.Problem.ShouldBe(ModelProblem.Unreachable);
        failed.Message.ShouldStartWith("There is no way to m of the server (127.0.0.1:");
        failed.Message.ShouldContain("refused or failed");
        failed.Message.ShouldNotContain("Exception");
    }
}
