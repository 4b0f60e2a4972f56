using System.Diagnostics;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace CentralOps.Gateway.Tests.Fixtures;

/// <summary>npm's <c>oidc-provider</c> in a process of its own: at <c>/wide</c> it takes resource indicators, at <c>/narrow</c> it refuses them.</summary>
public sealed class OpenIdProvider : IAsyncLifetime, IDisposable
{
    public const string BasicId = "basic client:1";
    public const string BasicSecret = "s3cret/with:+% &=";
    public const string PostId = "post-client";
    public const string PostSecret = "post-secret";

    private static readonly string Directory = Path.GetFullPath(Path.Combine(Here(), "..", "..", "peers"));

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private Process? _node;

    public static string? Missing => File.Exists(Path.Combine(Directory, "node_modules", "oidc-provider", "package.json"))
        ? null
        : "npm oidc-provider is not in tests/peers: run 'npm ci' there.";

    public string Origin { get; private set; } = "";

    public string Wide => Origin + "/wide";

    public string Narrow => Origin + "/narrow";

    public async Task InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        _node = Process.Start(new ProcessStartInfo("node", ["openid.mjs"])
        {
            WorkingDirectory = Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _node.ErrorDataReceived += (_, _) => { };
        _node.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Origin = await _node.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("openid.mjs ended before it listened.");
    }

    public async Task DisposeAsync()
    {
        if (_node is null)
        {
            return;
        }

        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
    }

    public void Dispose()
    {
        _http.Dispose();
        _node?.Dispose();
    }

    /// <summary>What the provider says of a token (RFC 7662).</summary>
    public async Task<JsonElement> IntrospectAsync(string issuer, string token) => JsonDocument.Parse(await PostAsync(issuer + "/token/introspection", token)).RootElement;

    public Task RevokeAsync(string issuer, string token) => PostAsync(issuer + "/token/revocation", token);

    private async Task<string> PostAsync(string url, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        var body = $"token={Uri.EscapeDataString(token)}&client_id={PostId}&client_secret={PostSecret}";
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        using var response = await _http.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

public sealed class OpenIdFactAttribute : FactAttribute
{
    public OpenIdFactAttribute() => Skip = OpenIdProvider.Missing;
}

public sealed class OpenIdTheoryAttribute : TheoryAttribute
{
    public OpenIdTheoryAttribute() => Skip = OpenIdProvider.Missing;
}
