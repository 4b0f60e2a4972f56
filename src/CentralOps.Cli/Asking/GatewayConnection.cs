using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Signing;
using CentralOps.Cli.Running;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace CentralOps.Cli.Asking;

/// <summary>An MCP client of the gateway that runs here, or of the one that <c>--gateway</c> names.</summary>
internal sealed class GatewayConnection : IAsyncDisposable
{
    // The handshake is answered from memory; a call may wait for a cold function and its 60 seconds.
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(90);
    private const int MostPages = 1000;

    private readonly McpClient _client;
    private readonly HttpClient _http;
    private readonly Uri _url;

    private GatewayConnection(McpClient client, HttpClient http, Uri url)
    {
        _client = client;
        _http = http;
        _url = url;
    }

    public static async Task<GatewayConnection> OpenAsync(Uri? gateway, string? state, CancellationToken cancellationToken)
    {
        var directory = StateDirectory.At(state);
        var running = directory.Read();
        if (gateway is null && running is null)
        {
            throw new CommandFailedException($"No gateway runs here (state directory {directory.Path}): start one with 'centralops up', or name one with --gateway URL.");
        }

        return await OpenAsync(gateway ?? new Uri(running!.GatewayUrl), gateway is null ? running : null, cancellationToken);
    }

    /// <param name="running">Whose signature or token the requests bear; null for none.</param>
    public static async Task<GatewayConnection> OpenAsync(Uri url, UpState? running, CancellationToken cancellationToken)
    {
        var http = new HttpClient(Handler(running)) { Timeout = AnswerTimeout };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("centralops", "0.1.0"));
        if (running?.GatewayToken is { } token)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        try
        {
            var transport = new HttpClientTransport(
                new HttpClientTransportOptions { Endpoint = url, TransportMode = HttpTransportMode.StreamableHttp }, http, ownsHttpClient: false);
            var client = await GuardedAsync(
                url,
                () => McpClient.CreateAsync(
                    transport,
                    new McpClientOptions { ClientInfo = new Implementation { Name = "centralops", Version = "0.1.0" }, InitializationTimeout = HandshakeTimeout },
                    cancellationToken: cancellationToken),
                cancellationToken);
            return new GatewayConnection(client, http, url);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Every tool that the gateway lists, all pages.</summary>
    public async Task<IReadOnlyList<Tool>> ListToolsAsync(CancellationToken cancellationToken)
    {
        var tools = new List<Tool>();
        var cursors = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        while (cursors.Count < MostPages)
        {
            var asked = cursor;
            var listed = await GuardedAsync(_url, () => _client.ListToolsAsync(new ListToolsRequestParams { Cursor = asked }, cancellationToken).AsTask(), cancellationToken);
            tools.AddRange(listed.Tools);
            cursor = listed.NextCursor;
            if (cursor is null)
            {
                return tools;
            }

            if (!cursors.Add(cursor))
            {
                break;
            }
        }

        throw new CommandFailedException($"The gateway at {_url} lists its tools without an end: stopped after {cursors.Count} pages.");
    }

    /// <summary>Calls a tool and returns its answer as text, whatever it is.</summary>
    public async Task<(string Text, bool IsError)> CallRawAsync(
        string tool, IReadOnlyDictionary<string, object?> arguments, IProgress<ProgressNotificationValue>? progress, CancellationToken cancellationToken)
    {
        var result = await GuardedAsync(_url, () => _client.CallToolAsync(tool, arguments, progress, options: null, cancellationToken).AsTask(), cancellationToken);
        return (string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text)), result.IsError == true);
    }

    /// <summary>Calls a tool and returns its answer as JSON; a tool error becomes a failed command.</summary>
    public async Task<JsonElement> CallAsync(string tool, IDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        var result = await GuardedAsync(
            _url, () => _client.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = arguments }, cancellationToken).AsTask(), cancellationToken);
        var text = string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        if (result.IsError == true)
        {
            throw new CommandFailedException($"{tool} failed: {text}");
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            // Writing it once finds what parsing lets through: half a surrogate pair, which nothing could show.
            using var nowhere = new Utf8JsonWriter(Stream.Null);
            document.RootElement.WriteTo(nowhere);
            return document.RootElement.Clone();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            throw new CommandFailedException($"{tool} answered what is not JSON: {(text.Length > 0 ? Shortened(text) : "nothing")}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _client.DisposeAsync();
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            // A goodbye that nobody hears changes no answer.
        }

        _http.Dispose();
    }

    private static HttpMessageHandler Handler(UpState? signFor)
    {
        var sockets = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(10) };
        if (signFor is not { Auth: "iam", ControlCredentials: { } signer })
        {
            return sockets;
        }

        var key = new AwsCredentials(signer.AccessKeyId, signer.SecretAccessKey);
        return new SigningHandler(_ => ValueTask.FromResult(key), new SigningScope(signFor.Region, "bedrock-agentcore"), TimeProvider.System) { InnerHandler = sockets };
    }

    // The one place where a failure of the wire becomes a sentence.
    private static async Task<T> GuardedAsync<T>(Uri url, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (failure is not CommandFailedException && !cancellationToken.IsCancellationRequested)
        {
            throw new CommandFailedException(Words(url, failure));
        }
    }

    private static string Words(Uri url, Exception failure) => failure switch
    {
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } =>
            $"The gateway at {url} wants a signature or a token (it answered {Status(failure)}): without --gateway this command shows what the 'up' that runs here asks for.",
        HttpRequestException { StatusCode: not null } =>
            $"{url} answered {Status(failure)}, not MCP: see whether the URL is right ('centralops status' shows that of a running 'up') and what its log says.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
            $"No gateway answers at {url}: start one with 'centralops up', or correct --gateway.",
        HttpRequestException or IOException =>
            $"The gateway at {url} went away before it answered: see whether 'centralops up' still runs.",
        TimeoutException or OperationCanceledException =>
            $"The gateway at {url} did not answer in time ({HandshakeTimeout.TotalSeconds:F0} s for the first word, {AnswerTimeout.TotalSeconds:F0} s for an answer): see what its log says.",
        JsonException => $"{url} answered in a shape that MCP does not have: is it an MCP endpoint?",
        McpProtocolException => $"The gateway refused: {Shortened(failure.Message)}",
        _ => $"{url} answered what is not MCP as this client speaks it: {Shortened(failure.Message)}",
    };

    private static string Status(Exception failure) =>
        failure is HttpRequestException { StatusCode: { } status } ? $"HTTP {(int)status} {status}" : "";

    private static string Shortened(string text)
    {
        const int Most = 500;
        return text.Length <= Most ? text : text[..Most] + $"… ({text.Length} characters)";
    }
}
