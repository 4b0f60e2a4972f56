using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace CentralOps.Gateway.Tests.Storage;

/// <summary>A PostgreSQL server of this machine's own programs, in a directory of its own, on loopback, with fsync as it comes.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    public const string Password = "p@ss/w#rd:%41";

    private static readonly Lazy<Task<PostgresServer>> OfProcess = new(() => StartAsync());

    private readonly string _home;
    private readonly int _port;
    private readonly string[] _settings;
    private Process? _process;
    private int _databases;

    private PostgresServer(string home, int port, string[] settings) => (_home, _port, _settings) = (home, port, settings);

    /// <summary>Null where the programs are there.</summary>
    public static string? Missing { get; } = Programs is null ? "PostgreSQL's server is not installed (Debian: apt-get install postgresql)." : IsRoot && !File.Exists("/usr/bin/setpriv") ? "setpriv, which starts a server as another user than root, is not installed." : null;

    /// <summary>One for all tests that do not break it.</summary>
    public static Task<PostgresServer> Shared => OfProcess.Value;

    public string DataDirectory => Path.Combine(_home, "data");

    public string SocketDirectory => _home;

    public int Port => _port;

    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private static bool IsRoot => Environment.UserName == "root";

    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var home = Directory.CreateTempSubdirectory("cops-pg-").FullName;
        await File.WriteAllTextAsync(Path.Combine(home, "password"), Password);
        if (IsRoot)
        {
            await RunAsync("/bin/chown", "-R", "postgres:postgres", home);
        }

        var server = new PostgresServer(home, FreePort(), settings);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Remove();
        await RunAsync(As(Path.Combine(Programs!, "initdb"), "-D", server.DataDirectory, "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", $"--pwfile={Path.Combine(home, "password")}"));
        await server.ResumeAsync();
        return server;
    }

    /// <summary>A new, empty database's URL.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"gateway_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return Url(name);
    }

    public string Url(string database, string host = "127.0.0.1", string query = "") => $"postgres://postgres:{Uri.EscapeDataString(Password)}@{host}:{_port}/{database}{query}";

    public async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = _port, Username = "postgres", Password = Password, Database = database, Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>As a power cut ends it, but for the disk.</summary>
    public async Task CrashAsync()
    {
        var process = _process!;
        // The postmaster's children end by themselves when it is gone.
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task ResumeAsync()
    {
        string[] command = As(Path.Combine(Programs!, "postgres"), ["-D", DataDirectory, "-k", _home, "-c", "listen_addresses=127.0.0.1", "-c", $"port={_port}", .. _settings.SelectMany(setting => new[] { "-c", setting })]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            _process = Start(command);
            while (!_process.HasExited)
            {
                try
                {
                    await ExecuteAsync("postgres", "SELECT 1");
                    return;
                }
                catch (NpgsqlException)
                {
                    await Task.Delay(50, patience.Token);
                }
            }

            // After a crash its shared memory is in use until the last child is gone.
            await Task.Delay(100, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        if (_process is { } process)
        {
            await process.WaitForExitAsync();
        }

        Remove();
    }

    /// <summary>One of the programs that come with the server, as the user that may.</summary>
    public static Task RunProgramAsync(string program, params string[] arguments) => RunAsync(As(Path.Combine(Programs!, program), arguments));

    private void Remove()
    {
        Kill();
        try
        {
            Directory.Delete(_home, recursive: true);
        }
        catch (IOException)
        {
            // Gone already, or a child still writes; the directory lies in /tmp.
        }
    }

    private void Kill()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
        }
    }

    // The server refuses to run as root; setpriv becomes the program, so that its id is the server's.
    private static string[] As(string program, params string[] arguments) =>
        IsRoot ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", program, .. arguments] : [program, .. arguments];

    private static Process Start(params string[] command)
    {
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/tmp", Environment = { ["LC_ALL"] = "C" } })!;
        process.BeginOutputReadLine();
        process.ErrorDataReceived += (_, line) => LastWords = line.Data ?? LastWords;
        process.BeginErrorReadLine();
        return process;
    }

    private static string? LastWords { get; set; }

    private static async Task RunAsync(params string[] command)
    {
        using var process = Start(command);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{string.Join(' ', command)}: {LastWords}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
