using CentralOps.Ledger.Signing;
using CentralOps.Ledger.Stores;
using CentralOps.Ledger.Writing;

namespace CentralOps.Ledger;

/// <summary>
/// Where calls are recorded, as the environment says it. <c>CENTRALOPS_LEDGER</c>: <c>off</c>, <c>stdout</c> (one line a record, for a collector such as CloudWatch
/// Logs), <c>otlp</c> (log records for an OpenTelemetry collector), or the absolute path of a directory.
/// </summary>
public sealed record LedgerSettings
{
    private LedgerSettings(LedgerSink sink) => Sink = sink;

    public static LedgerSettings Off { get; } = new(LedgerSink.Off);

    public LedgerSink Sink { get; }

    /// <summary>Of <see cref="LedgerSink.Files"/>.</summary>
    public FileStoreOptions? Files { get; private init; }

    /// <summary>Of <see cref="LedgerSink.Files"/>: the key's file; null where the key itself was given.</summary>
    public string? KeyFile => IsPem(Key) ? null : Key;

    private Uri? Collector { get; init; }

    private IReadOnlyDictionary<string, string> CollectorHeaders { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    // PEM, or a file's path.
    private string? Key { get; init; }

    /// <summary>Reads all settings; <paramref name="problems"/> names everything that is wrong with them, each with its repair.</summary>
    public static LedgerSettings Read(Func<string, string?> variable, ICollection<string> problems)
    {
        var key = Given(variable("CENTRALOPS_LEDGER_KEY"));
        switch (Given(variable("CENTRALOPS_LEDGER")))
        {
            case null or "off":
                return Off;
            case "stdout":
                return new(LedgerSink.Stdout) { Key = key };
            case "otlp":
                return new(LedgerSink.Collector) { Key = key, Collector = ReadCollector(variable, problems), CollectorHeaders = ReadHeaders(variable, problems) };
            case { } path when Path.IsPathFullyQualified(path):
                return ToFiles(path, Given(variable("CENTRALOPS_LEDGER_HEADS")) ?? Path.Combine(path, "heads"), key ?? Path.Combine(path, "key.pem"));
            default:
                problems.Add("CENTRALOPS_LEDGER is none of off, stdout, otlp and the absolute path of a directory; unset it to record nothing.");
                return Off;
        }
    }

    /// <param name="key">PEM, or the path of a file, which is made where it is absent.</param>
    public static LedgerSettings ToFiles(string directory, string headsDirectory, string key) => new(LedgerSink.Files) { Files = new(directory, headsDirectory), Key = key };

    /// <summary>Opens the ledger; null where it is off.</summary>
    /// <param name="stdout">Where <c>stdout</c> goes.</param>
    /// <exception cref="LedgerUnavailableException">The key cannot be used.</exception>
    public LedgerWriter? Open(HttpMessageInvoker http, Func<Stream> stdout, TimeProvider time, Action<string> report)
    {
        if (Sink == LedgerSink.Off)
        {
            return null;
        }

        var options = new LedgerOptions { Time = time, Key = ReadKey(), Report = report };
        return Sink switch
        {
            LedgerSink.Files => LedgerWriter.ToFiles(Files!, options),
            LedgerSink.Stdout => LedgerWriter.ToStream(stdout(), options),
            _ => LedgerWriter.ToCollector(new OtlpStoreOptions(Collector!, time) { Headers = CollectorHeaders }, http, options),
        };
    }

    /// <summary>Without the key.</summary>
    public override string ToString() => Sink.ToString();

    private static Uri? ReadCollector(Func<string, string?> variable, ICollection<string> problems)
    {
        var logs = Given(variable("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"));
        var text = logs ?? (Given(variable("OTEL_EXPORTER_OTLP_ENDPOINT")) is { } all ? all.TrimEnd('/') + "/v1/logs" : null);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        problems.Add("CENTRALOPS_LEDGER=otlp needs OTEL_EXPORTER_OTLP_LOGS_ENDPOINT or OTEL_EXPORTER_OTLP_ENDPOINT, the http or https URL of a collector, such as http://127.0.0.1:4318.");
        return null;
    }

    private static Dictionary<string, string> ReadHeaders(Func<string, string?> variable, ICollection<string> problems)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in (Given(variable("OTEL_EXPORTER_OTLP_HEADERS")) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = header.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                headers[header[..equals].Trim()] = Uri.UnescapeDataString(header[(equals + 1)..].Trim());
                continue;
            }

            // Not the value: it may be a credential.
            problems.Add("OTEL_EXPORTER_OTLP_HEADERS is not a list of name=value pairs with commas between them.");
        }

        return headers;
    }

    private LedgerKey? ReadKey()
    {
        if (Key is null)
        {
            return null;
        }

        if (!IsPem(Key))
        {
            return Sink == LedgerSink.Files ? LedgerKey.ReadOrMake(Key) : LedgerKey.Read(Key);
        }

        return LedgerKey.FromPem(Key) ?? throw new LedgerUnavailableException("CENTRALOPS_LEDGER_KEY holds no P-256 key in PEM");
    }

    private static bool IsPem(string? key) => key?.StartsWith("-----BEGIN", StringComparison.Ordinal) == true;

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

public enum LedgerSink
{
    Off,
    Stdout,
    Collector,
    Files,
}
