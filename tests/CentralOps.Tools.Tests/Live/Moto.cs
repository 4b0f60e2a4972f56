using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CentralOps.Tools.Tests.Live;

/// <summary>moto's server, somebody else's AWS, with the three accounts that the script beside this makes in it.</summary>
public sealed class Moto : IAsyncLifetime
{
    private Process? _server;

    internal Uri Url { get; private set; } = null!;

    /// <summary>What the script printed.</summary>
    internal JsonElement Estate { get; private set; }

    public async Task InitializeAsync()
    {
        if (MotoFactAttribute.Missing is not null)
        {
            return;
        }

        var port = FreePort();
        Url = new Uri($"http://127.0.0.1:{port}");
        _server = Start("moto_server", "-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture));
        _ = _server.StandardOutput.ReadToEndAsync();
        _ = _server.StandardError.ReadToEndAsync();
        await UntilItListensAsync(port);
        using var script = Start("python3", Path.Combine(Here(), "moto_estate.py"), Url.GetLeftPart(UriPartial.Authority));
        var error = script.StandardError.ReadToEndAsync();
        var printed = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        script.ExitCode.ShouldBe(0, await error);
        Estate = JsonDocument.Parse(printed).RootElement;
    }

    public Task DisposeAsync()
    {
        _server?.Kill(entireProcessTree: true);
        _server?.Dispose();
        return Task.CompletedTask;
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = "/dev/null";
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["NO_PROXY"] = "127.0.0.1";
        return Process.Start(start)!;
    }

    private static async Task UntilItListensAsync(int port)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}

/// <summary>A test that needs moto; where it is not found, it is skipped and says so.</summary>
internal sealed class MotoFactAttribute : FactAttribute
{
    public MotoFactAttribute() => Skip = Missing;

    public static string? Missing { get; } =
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(static folder => File.Exists(Path.Combine(folder, "moto_server")))
            ? null
            : "moto_server is not on this machine (pip install 'moto[server]' boto3).";
}
