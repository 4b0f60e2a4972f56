using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CentralOps.EndToEnd.Tests.Harness;

/// <summary>A model behind OpenAI's protocol, on loopback: what it says is made of each request by a test.</summary>
internal sealed class ScriptedOpenAI : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, string, IEnumerable<JsonObject>?> _answer;
    private readonly Task _serving;
    private readonly List<string> _asked = [];

    /// <param name="answer">The deltas of the answer to the n-th request (from 0), whose body it is given; null: never an end.</param>
    public ScriptedOpenAI(Func<int, string, IEnumerable<JsonObject>?> answer)
    {
        _answer = answer;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Model = $"openai:scripted@http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/v1";
        }

        _listener.Prefixes.Add(Model[(Model.IndexOf('@', StringComparison.Ordinal) + 1)..] + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>As --model takes it.</summary>
    public string Model { get; }

    /// <summary>Bodies of the requests so far.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public static JsonObject Says(string text) => new() { ["content"] = text };

    public static JsonObject Calls(params (string Tool, string Arguments)[] calls) => new()
    {
        ["tool_calls"] = new JsonArray([.. calls.Select(static (call, index) => new JsonObject
        {
            ["index"] = index,
            ["id"] = $"call_{Guid.NewGuid():N}",
            ["type"] = "function",
            ["function"] = new JsonObject { ["name"] = call.Tool, ["arguments"] = call.Arguments },
        })]),
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Close();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var context = await _listener.GetContextAsync();
                _ = AnswerAsync(context);
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(_stop.Token);
            int number;
            lock (_asked)
            {
                number = _asked.Count;
                _asked.Add(body);
            }

            context.Response.ContentType = "text/event-stream";
            context.Response.SendChunked = true;
            var deltas = _answer(number, body);
            var called = false;
            foreach (var delta in deltas ?? [Says("Half an answer")])
            {
                called |= delta.ContainsKey("tool_calls");
                await SendAsync(context, new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta }) });
            }

            if (deltas is null)
            {
                await Task.Delay(Timeout.Infinite, _stop.Token);
            }

            await SendAsync(context, new JsonObject
            {
                ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject(), ["finish_reason"] = called ? "tool_calls" : "stop" }),
                ["usage"] = new JsonObject { ["prompt_tokens"] = 100, ["completion_tokens"] = 10, ["total_tokens"] = 110 },
            });
            await context.Response.OutputStream.WriteAsync("data: [DONE]\n\n"u8.ToArray(), _stop.Token);
            context.Response.Close();
        }
        catch (Exception gone) when (gone is HttpListenerException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // Who asked has gone, or the test has ended.
        }
    }

    private async Task SendAsync(HttpListenerContext context, JsonObject chunk)
    {
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"data: {chunk.ToJsonString()}\n\n"), _stop.Token);
        await context.Response.OutputStream.FlushAsync(_stop.Token);
    }
}
