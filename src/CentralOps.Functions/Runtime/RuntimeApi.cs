using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace CentralOps.Functions.Runtime;

/// <summary>The Lambda runtime API. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</summary>
internal sealed class RuntimeApi(HttpMessageInvoker http, string address)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly string _base = $"http://{address}/2018-06-01/runtime/";

    /// <summary>Waits for the next call, however long; null when the runtime API is gone, which is how a function is told to end.</summary>
    public async Task<Invocation?> NextAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _base + "invocation/next");
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new RuntimeApiException($"The runtime API answered the poll for work with HTTP status {(int)response.StatusCode}.");
            }

            var payload = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return Read(response.Headers.NonValidated, payload);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public Task RespondAsync(string requestId, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/response", answer, errorType: null, cancellationToken);

    public Task ReportErrorAsync(string requestId, RuntimeError error, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{requestId}/error", error.ToJson(), error.Type, cancellationToken);

    public Task ReportInitErrorAsync(RuntimeError error, CancellationToken cancellationToken) =>
        PostAsync("init/error", error.ToJson(), error.Type, cancellationToken);

    private async Task PostAsync(string path, ReadOnlyMemory<byte> body, string? errorType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _base + path) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = Json;
        if (errorType is not null)
        {
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", $"CentralOps.{errorType}");
        }

        try
        {
            // What the runtime API says to it changes nothing: the call is over, and the next poll tells whether to go on.
            using var response = await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            // Gone: the next poll finds that out.
        }
    }

    private static Invocation Read(HttpHeadersNonValidated headers, byte[] payload)
    {
        var id = Find(headers, "Lambda-Runtime-Aws-Request-Id");
        if (id is null || !id.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            throw new RuntimeApiException("The runtime API handed out a call without a usable Lambda-Runtime-Aws-Request-Id.");
        }

        if (!long.TryParse(Find(headers, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture, out var deadline))
        {
            throw new RuntimeApiException("The runtime API handed out a call without Lambda-Runtime-Deadline-Ms.");
        }

        return new Invocation(id, DateTimeOffset.FromUnixTimeMilliseconds(deadline), payload)
        {
            ClientContext = Find(headers, "Lambda-Runtime-Client-Context"),
            TraceId = Find(headers, "Lambda-Runtime-Trace-Id"),
        };
    }

    private static string? Find(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.ToString() : null;
}

/// <summary>The runtime API does not keep its own contract.</summary>
internal sealed class RuntimeApiException(string message) : Exception(message);
