using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>npm's <c>oidc-provider</c> in a process of its own: JWT access tokens, signed with a key that it changes when it is told to.</summary>
public sealed class TokenProvider : IAsyncLifetime, IDisposable
{
    private static readonly string Peers = Path.GetFullPath(Path.Combine(Here(), "..", "..", "peers"));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private Process? _node;

    public static string? Missing =>
        File.Exists(Path.Combine(Peers, "node_modules", "oidc-provider", "package.json")) ? null : "npm oidc-provider is not in tests/peers: run 'npm ci' there.";

    public string Issuer { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _node = Process.Start(new ProcessStartInfo("node", ["tokens.mjs"])
        {
            WorkingDirectory = Peers,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _node.ErrorDataReceived += static (_, _) => { };
        _node.BeginErrorReadLine();
        Issuer = await ReadLineAsync();
    }

    public async Task DisposeAsync()
    {
        if (_node is not null)
        {
            _node.StandardInput.Close();
            await _node.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _node?.Dispose();
    }

    /// <param name="command"><c>rotate</c> or <c>retire</c>.</param>
    public async Task TellAsync(string command)
    {
        await _node!.StandardInput.WriteLineAsync(command);
        await _node.StandardInput.FlushAsync();
        (await ReadLineAsync()).ShouldBe("done");
    }

    /// <summary>A token by the client-credentials grant, made for a resource (RFC 8707).</summary>
    public async Task<string> TokenAsync(Uri resource)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Issuer}/token");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("agent:agent-secret"u8));
        request.Content = new StringContent(
            $"grant_type=client_credentials&scope=ops.read&resource={Uri.EscapeDataString(resource.ToString())}", Encoding.ASCII, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return JsonDocument.Parse(body).RootElement.TryGetProperty("access_token", out var token) ? token.GetString()! : throw new InvalidOperationException(body);
    }

    private async Task<string> ReadLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var line = await _node!.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("tokens.mjs ended.");
            if (!line.StartsWith("oidc-provider ", StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>A test that needs the provider.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TokenProviderFactAttribute : FactAttribute
{
    public TokenProviderFactAttribute() => Skip = TokenProvider.Missing;
}
