using System.Text;
using System.Text.Json;
using CentralOps.Agent.Models.Answers;

namespace CentralOps.Agent.Models.Http;

/// <summary>An answer that is none: its status, and what its body says, in one of the forms that providers have for it.</summary>
internal sealed record HttpRefusal(int Status, string Code, string Said)
{
    private const int MaxBody = 64 * 1024;

    public TimeSpan? RetryAfter { get; private init; }

    public string? RequestId { get; private init; }

    /// <summary>The server's own word on another attempt; null where it has none.</summary>
    public bool? ShouldRetry { get; private init; }

    public ModelProblem Problem => HttpMeanings.Of(Status, Code, Said);

    public bool Again => ShouldRetry ?? HttpMeanings.Passes(Status, Problem);

    public static async Task<HttpRefusal> ReadAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var (code, said) = Read(await BodyAsync(response, cancellationToken));
        return new HttpRefusal((int)response.StatusCode, code, said)
        {
            RetryAfter = HttpWaits.Asked(response.Headers, time.GetUtcNow()),
            RequestId = Header(response, "request-id") ?? Header(response, "x-request-id"),
            ShouldRetry = Header(response, "x-should-retry") switch { "true" => true, "false" => false, _ => null },
        };
    }

    /// <summary>What an error in a provider's JSON says, wherever it stands.</summary>
    public static (string Code, string Said) Read(JsonElement body)
    {
        var error = body.Get("error");
        if (error.ValueKind == JsonValueKind.String)
        {
            return ("", body.Text("error"));
        }

        var holder = error.ValueKind == JsonValueKind.Object ? error : body;
        var code = holder.Text("code") is { Length: > 0 } named ? named : holder.Text("type");
        var said = holder.Text("message") is { Length: > 0 } message ? message : holder.Text("detail");
        return (code, said);
    }

    public ModelException ToException(ModelSubject subject)
    {
        // Servers repeat keys that they refuse, some of them in part.
        var said = Problem == ModelProblem.Credentials ? null : Said.Length > 0 ? Said : $"HTTP status {Status}";
        var told = ModelWords.Of(Problem, subject, said);
        return new ModelException(told.Problem, told.Message, told.Remedy)
        {
            RetryAfter = RetryAfter,
            RequestId = RequestId is null ? null : Text.Shaping.ForeignText.Line(RequestId, 128),
        };
    }

    private static (string Code, string Said) Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = ForeignJson.MaxDepth });
            return Read(json.RootElement);
        }
        catch (JsonException)
        {
            // A page of a proxy tells nobody anything.
            var text = Encoding.UTF8.GetString(body).Trim();
            return ("", text.StartsWith('<') ? "" : text);
        }
    }

    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            var body = new byte[MaxBody];
            var read = await content.ReadAtLeastAsync(body, MaxBody, throwOnEndOfStream: false, cancellationToken);
            return body[..read];
        }
        catch (Exception fault) when (HttpFailures.IsTransport(fault))
        {
            // The status tells enough.
            return [];
        }
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
