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
    private readonly McpClient _client;
    private readonly HttpClient _http;

    private GatewayConnection(McpClient client, HttpClient http)
    {
        _client = client;
        _http = http;
    }

    public static async Task<GatewayConnection> OpenAsync(Uri? gateway, string? state, CancellationToken cancellationToken)
    {
        var directory = StateDirectory.At(state);
        var running = directory.Read();
        if (gateway is null && running is null)
        {
            throw new CommandFailedException($"No gateway runs here (state directory {directory.Path}): start one with 'centralops up', or name one with --gateway URL.");
        }

        var url = gateway ?? new Uri(running!.GatewayUrl);
        var http = new HttpClient(Handler(gateway is null ? running : null));
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("centralops", "0.1.0"));
        try
        {
            var transport = new HttpClientTransport(
                new HttpClientTransportOptions { Endpoint = url, TransportMode = HttpTransportMode.StreamableHttp }, http, ownsHttpClient: false);
            var client = await McpClient.CreateAsync(
                transport,
                new McpClientOptions { ClientInfo = new Implementation { Name = "centralops", Version = "0.1.0" } },
                cancellationToken: cancellationToken);
            return new GatewayConnection(client, http);
        }
        catch (Exception failure) when (failure is HttpRequestException or McpException or IOException or TimeoutException)
        {
            http.Dispose();
            throw new CommandFailedException(Words(url, failure));
        }
    }

    /// <summary>Every tool that the gateway lists, all pages.</summary>
    public Task<IList<McpClientTool>> ListToolsAsync(CancellationToken cancellationToken) =>
        GuardedAsync(() => _client.ListToolsAsync(cancellationToken: cancellationToken).AsTask());

    /// <summary>Calls a tool and returns its answer as JSON; a tool error becomes a failed command.</summary>
    public async Task<JsonElement> CallAsync(string tool, IDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        var result = await GuardedAsync(() => _client.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = arguments }, cancellationToken).AsTask());
        var text = string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        if (result.IsError == true)
        {
            throw new CommandFailedException($"{tool} failed: {text}");
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new CommandFailedException($"{tool} answered text that is not JSON: {text}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _http.Dispose();
    }

    private static HttpMessageHandler Handler(UpState? signFor)
    {
        var sockets = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(10) };
        if (signFor is not { Auth: "iam" })
        {
            return sockets;
        }

        var key = new AwsCredentials(signFor.ControlCredentials.AccessKeyId, signFor.ControlCredentials.SecretAccessKey);
        return new SigningHandler(_ => ValueTask.FromResult(key), new SigningScope(signFor.Region, "bedrock-agentcore"), TimeProvider.System) { InnerHandler = sockets };
    }

    private static async Task<T> GuardedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (McpException refused)
        {
            throw new CommandFailedException($"The gateway refused: {refused.Message}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw new CommandFailedException($"The gateway went away during the call ({failure.Message}): see whether 'centralops up' still runs.");
        }
    }

    private static string Words(Uri url, Exception failure) =>
        failure is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
            ? $"No gateway answers at {url}: start one with 'centralops up', or correct --gateway."
            : $"The gateway at {url} did not accept this client ({failure.Message}).";
}
