using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace CentralOps.Ledger.Stores;

/// <summary>
/// An OpenTelemetry collector: every line is one log record, sent as OTLP/JSON over HTTP. A batch that the collector has not taken is not recorded; one
/// whose answer was lost may be there twice, and then belongs to a chain that was given up.
/// </summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#otlphttp</remarks>
internal sealed class OtlpStore(OtlpStoreOptions options, HttpMessageInvoker http) : ILedgerStore
{
    private const int Attempts = 3;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public bool TakesBack => false;

    public bool KeepsAnswersWaiting => true;

    public bool WantsNewPart(DateTimeOffset now) => false;

    public async ValueTask AppendAsync(Batch batch, CancellationToken cancellationToken)
    {
        var body = Write(batch);
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, options.LogsEndpoint) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = Json;
            foreach (var (name, value) in options.Headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            // What the protocol calls retryable. Anything else will not get better.
            var passes = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
            if (!passes || attempt == Attempts)
            {
                throw new IOException(string.Create(CultureInfo.InvariantCulture, $"the OpenTelemetry collector answered {(int)response.StatusCode}"));
            }

            await Task.Delay(options.Pause * attempt, options.Time, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException unreached)
        {
            throw new IOException($"the OpenTelemetry collector at {options.LogsEndpoint.Authority} does not answer", unreached);
        }
    }

    private static byte[] Write(Batch batch)
    {
        var output = new ArrayBufferWriter<byte>(batch.Lines.Length * 2);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceLogs"u8);
            json.WriteStartObject();
            json.WriteStartObject("resource"u8);
            json.WriteStartArray("attributes"u8);
            Attribute(json, "service.name", "centralops");
            Attribute(json, "centralops.ledger.writer", batch.Writer);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray("scopeLogs"u8);
            json.WriteStartObject();
            json.WriteStartObject("scope"u8);
            json.WriteString("name"u8, "centralops.ledger"u8);
            json.WriteEndObject();
            json.WriteStartArray("logRecords"u8);
            var time = (batch.At - DateTimeOffset.UnixEpoch).Ticks * 100;
            foreach (var line in Encoding.ASCII.GetString(batch.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                Record(json, time, line);
            }

            if (batch.Head is { } head)
            {
                Record(json, time, Encoding.ASCII.GetString(head.Line().AsSpan()[..^1]));
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    // The line itself is the body: whoever verifies needs its very bytes.
    private static void Record(Utf8JsonWriter json, long unixNanoseconds, string line)
    {
        json.WriteStartObject();
        json.WriteString("timeUnixNano"u8, unixNanoseconds.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("severityNumber"u8, 9);
        json.WriteString("severityText"u8, "INFO"u8);
        json.WriteStartObject("body"u8);
        json.WriteString("stringValue"u8, line);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Attribute(Utf8JsonWriter json, string key, string value)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, key);
        json.WriteStartObject("value"u8);
        json.WriteString("stringValue"u8, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>Which collector.</summary>
/// <param name="LogsEndpoint">The whole URL, such as <c>http://127.0.0.1:4318/v1/logs</c>.</param>
public sealed record OtlpStoreOptions(Uri LogsEndpoint, TimeProvider Time)
{
    /// <summary>Sent with every request, such as an authorization; told nowhere.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>After a first refusal that may pass; grows with each.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Without the headers.</summary>
    public override string ToString() => LogsEndpoint.Authority;
}
