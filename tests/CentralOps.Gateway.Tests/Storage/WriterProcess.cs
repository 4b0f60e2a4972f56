using System.Diagnostics;
using System.Text;
using CentralOps.Gateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CentralOps.Gateway.Tests.Storage;

/// <summary>Another process that writes pairs of documents, and tells each write once it was acknowledged.</summary>
internal sealed class WriterProcess : IDisposable
{
    public const string Kind = "pair";

    private readonly Process _process;

    private WriterProcess(Process process) => _process = process;

    public static WriterProcess Start(string url, int writes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileName(host) is "dotnet" ? host : "dotnet", ["exec", typeof(WriterProcess).Assembly.Location, writes.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            Environment = { [DatabaseUrl.Variable] = url },
        };
        return new WriterProcess(Process.Start(start)!);
    }

    /// <summary>What it acknowledges next; null when it ended.</summary>
    public async Task<string?> AcknowledgedAsync(CancellationToken cancellationToken) => await _process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>Lets it write one more.</summary>
    public Task AskAsync() => _process.StandardInput.WriteLineAsync("");

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>The other process: so many writes at once, then one for each line that it is given.</summary>
    public static async Task<int> Main(string[] arguments)
    {
        DatabaseUrl.TryParse(Environment.GetEnvironmentVariable(DatabaseUrl.Variable), out var url, out var fault).ShouldBeTrue(fault);
        await using var store = await Stores.OpenAsync(url!, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        var wanted = int.Parse(arguments[0], System.Globalization.CultureInfo.InvariantCulture);
        for (var number = 0; number < wanted || await Console.In.ReadLineAsync() is not null; number++)
        {
            var body = Encoding.UTF8.GetBytes($"{{\"number\":{number},\"text\":\"{new string('x', 2_000)}\"}}");
            var outcome = await store.WriteAsync([new StoreWrite.Insert(Kind, $"{number}-a", "", null, body), new StoreWrite.Insert(Kind, $"{number}-b", "", null, body)], CancellationToken.None);
            outcome.ShouldBe(WriteOutcome.Written);
            Console.Out.WriteLine(number);
            Console.Out.Flush();
        }

        return 0;
    }
}
