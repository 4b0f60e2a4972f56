using System.Globalization;
using System.Threading.Channels;
using CentralOps.Sandbox.Front;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.Lambda.Workers;

/// <summary>
/// The Lambda runtime API for one worker, on a port of its own: who calls it is that worker.
/// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
/// </summary>
internal sealed class RuntimeApi : IAsyncDisposable
{
    private const string Root = "/2018-06-01/runtime/";
    private const string InvocationRoot = Root + "invocation/";
    private const int MaxResponseBytes = FrontDoor.MaxPayloadBytes + 100;

    private readonly Channel<Invocation> _offered = Channel.CreateBounded<Invocation>(1);
    private readonly TaskCompletionSource<InvocationResult?> _initialized = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closing = new();
    private LoopbackServer? _server;
    private readonly Lock _lock = new();
    private Invocation? _current;
    private bool _abandoned;

    private RuntimeApi()
    {
    }

    public Uri Url => _server!.Url;

    /// <summary>Ends when the runtime asks for its first event (null) or reports that it could not initialize (the report).</summary>
    public Task<InvocationResult?> Initialized => _initialized.Task;

    public static async Task<RuntimeApi> StartAsync(ILoggerFactory logging, CancellationToken cancellationToken)
    {
        var api = new RuntimeApi();
        api._server = await LoopbackServer.StartAsync(0, MaxResponseBytes + 1024, api.AnswerAsync, logging, cancellationToken);
        return api;
    }

    /// <summary>Hands over an event; false when the worker has ended.</summary>
    public bool TryOffer(Invocation invocation) => _offered.Writer.TryWrite(invocation);

    /// <summary>The process has ended: whatever it had is answered, and nothing more is taken.</summary>
    public void Abandon(int exitCode)
    {
        _offered.Writer.TryComplete();
        lock (_lock)
        {
            _abandoned = true;
            _current?.TryComplete(FunctionErrors.Exited(_current.RequestId, exitCode));
        }

        while (_offered.Reader.TryRead(out var waiting))
        {
            waiting.TryComplete(InvocationResult.NotTaken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _server!.DisposeAsync();
        _closing.Dispose();
    }

    private async Task AnswerAsync(HttpExchange exchange)
    {
        try
        {
            if (!IsRuntime(exchange.Request.Headers))
            {
                await RefuseAsync(exchange, StatusCodes.Status403Forbidden, "Forbidden", "The runtime API is for the function's runtime alone.");
                return;
            }

            var path = exchange.Request.RawTarget;
            var task = (exchange.Request.Method, path) switch
            {
                ("GET", InvocationRoot + "next") => NextAsync(exchange),
                ("POST", Root + "init/error") => InitErrorAsync(exchange),
                ("POST", _) when path.StartsWith(InvocationRoot, StringComparison.Ordinal) => AnsweredAsync(exchange, path[InvocationRoot.Length..]),
                _ => RefuseAsync(exchange, StatusCodes.Status404NotFound, "ResourceNotFound", "The runtime API has no such path."),
            };
            await task;
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or ChannelClosedException)
        {
            // The worker has ended, or is being stopped. An empty answer would read as an event.
            exchange.Abort();
        }
    }

    /// <summary>
    /// A page in a browser reaches this port too: to take an event away needs no more than an image's address, and a name that it makes
    /// resolve to this machine lets it read one. Browsers say that they are browsers, and which name they went to.
    /// </summary>
    private bool IsRuntime(IHeaderDictionary headers) =>
        string.Equals(headers.Host.ToString(), Url.Authority, StringComparison.Ordinal)
        && headers.Origin.Count == 0
        && !headers.ContainsKey("Sec-Fetch-Site");

    private async Task NextAsync(HttpExchange exchange)
    {
        if (_current is { Result.IsCompleted: false })
        {
            await RefuseAsync(exchange, StatusCodes.Status403Forbidden, "InvalidStateTransition", "The last event has not been answered yet.");
            return;
        }

        _initialized.TrySetResult(null);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, exchange.Aborted);
        var invocation = await _offered.Reader.ReadAsync(ending.Token);
        if (!TryMakeCurrent(invocation))
        {
            exchange.Abort();
            return;
        }

        var headers = exchange.ResponseHeaders;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = invocation.Deadline.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = invocation.FunctionArn;
        headers["Lambda-Runtime-Trace-Id"] = invocation.TraceId;
        headers.ContentType = "application/json";
        if (invocation.ClientContext is { } context)
        {
            headers["Lambda-Runtime-Client-Context"] = context;
        }

        await exchange.AnswerAsync(StatusCodes.Status200OK, invocation.Payload, ending.Token);
    }

    private bool TryMakeCurrent(Invocation invocation)
    {
        lock (_lock)
        {
            if (_abandoned)
            {
                invocation.TryComplete(InvocationResult.NotTaken);
                return false;
            }

            _current = invocation;
            return true;
        }
    }

    private async Task AnsweredAsync(HttpExchange exchange, string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var failed = slash > 0 && rest.AsSpan(slash) is "/error";
        if (!failed && (slash < 0 || rest.AsSpan(slash) is not "/response"))
        {
            await RefuseAsync(exchange, StatusCodes.Status404NotFound, "ResourceNotFound", "The runtime API has no such path.");
            return;
        }

        if (_current is not { Result.IsCompleted: false } running || !rest.AsSpan(0, slash).SequenceEqual(running.RequestId))
        {
            await RefuseAsync(exchange, StatusCodes.Status400BadRequest, "InvalidRequestID", "Invalid request ID");
            return;
        }

        var body = await exchange.ReadBodyAsync(MaxResponseBytes, _closing.Token);
        running.TryComplete(body is null ? FunctionErrors.ResponseTooLarge(MaxResponseBytes) : new InvocationResult(body, failed));
        if (body is null)
        {
            await RefuseAsync(exchange, StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", "The response is larger than 6 MB.");
            return;
        }

        await AcceptAsync(exchange);
    }

    private async Task InitErrorAsync(HttpExchange exchange)
    {
        var body = await exchange.ReadBodyAsync(MaxResponseBytes, _closing.Token);
        _initialized.TrySetResult(new InvocationResult(body, Failed: true));
        await AcceptAsync(exchange);
    }

    private Task AcceptAsync(HttpExchange exchange)
    {
        exchange.ResponseHeaders.ContentType = "application/json";
        return exchange.AnswerAsync(StatusCodes.Status202Accepted, "{\"status\":\"OK\"}"u8.ToArray(), _closing.Token);
    }

    private Task RefuseAsync(HttpExchange exchange, int status, string type, string message)
    {
        exchange.ResponseHeaders.ContentType = "application/json";
        return exchange.AnswerAsync(status, FunctionErrors.Words(type, message), _closing.Token);
    }
}
