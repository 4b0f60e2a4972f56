using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using CentralOps.Agent.Models;
using CentralOps.Aws.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace CentralOps.Agent.Tests.Models.Fixtures;

/// <summary>A request as a model's server got it.</summary>
internal sealed record Asked(string Path, IHeaderDictionary Headers, JsonElement Body)
{
    public bool Streams => Body.TryGetProperty("stream", out var streams) && streams.GetBoolean();
}

/// <summary>A server of models on a real socket of this machine, which answers each request as the test says.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _http = new(AwsHttp.CreateHandler());
    private readonly ConcurrentQueue<Asked> _requests = new();

    private ModelServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public IReadOnlyList<Asked> Requests => [.. _requests];

    public Asked Request => Requests.ShouldHaveSingleItem();

    public static async Task<ModelServer> StartAsync(Func<Asked, HttpResponse, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        var app = builder.Build();
        var server = new ModelServer(app);
        app.Run(async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var asked = new Asked(context.Request.Path, new HeaderDictionary(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value)), body.RootElement.Clone());
            server._requests.Enqueue(asked);
            await answer(asked, context.Response);
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>Answers that come one after the other.</summary>
    public static Task<ModelServer> StartAsync(params Func<HttpResponse, Task>[] answers)
    {
        var left = new ConcurrentQueue<Func<HttpResponse, Task>>(answers);
        return StartAsync((_, response) => left.TryDequeue(out var answer) ? answer(response) : Replies.Status(500, """{"error":{"message":"no more answers"}}""")(response));
    }

    public IChatClient Client(string provider = "openai", string model = "test-model", string path = "/v1", string? key = "sk-test-key", ModelLimits? limits = null, PromptCaching caching = PromptCaching.Auto, TimeProvider? time = null)
    {
        ModelChoice.TryParse($"{provider}:{model}@{Url.ToString().TrimEnd('/')}{path}", out var choice, out var wrong).ShouldBeTrue(wrong);
        var connection = new ModelConnection
        {
            Http = _http,
            Setting = name => name == (provider is "openai" ? "OPENAI_API_KEY" : "ANTHROPIC_API_KEY") ? key : null,
            Limits = limits ?? new ModelLimits(),
            PromptCaching = caching,
            Time = time ?? TimeProvider.System,
            Jitter = new NoJitter(),
        };
        ChatModels.TryOpen(choice, connection, out var client, out var problem).ShouldBeTrue(problem);
        return client!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}

/// <summary>What such a server sends.</summary>
internal static class Replies
{
    public static Func<HttpResponse, Task> Json(string body) => Status(200, body);

    public static Func<HttpResponse, Task> Status(int status, string body, params (string Name, string Value)[] headers) => async response =>
    {
        response.StatusCode = status;
        response.ContentType = body.StartsWith('{') ? "application/json" : "text/html";
        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }

        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
    };

    /// <summary>Each text becomes an event's data.</summary>
    public static Func<HttpResponse, Task> Events(params string[] data) => Bytes("text/event-stream", string.Concat(data.Select(one => $"data: {one}\n\n")));

    public static Func<HttpResponse, Task> Bytes(string type, string body) => Bytes(type, Encoding.UTF8.GetBytes(body));

    public static Func<HttpResponse, Task> Bytes(string type, byte[] body, bool breaksOff = false) => async response =>
    {
        response.ContentType = type;
        await response.Body.WriteAsync(body);
        await response.Body.FlushAsync();
        if (breaksOff)
        {
            response.HttpContext.Abort();
        }
    };
}
