using System.Text.Json;

namespace CentralOps.Gateway.Outbound;

/// <summary>Small JSON documents from elsewhere: discovery, token answers. At most 256 KB, within ten seconds.</summary>
internal sealed class OutboundDocuments(HttpMessageInvoker http, TimeProvider time)
{
    private const int MaxBytes = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>The document, or why there is none.</returns>
    public async ValueTask<(JsonElement? Document, string Problem)> GetAsync(string url, CancellationToken cancellationToken)
    {
        if (!TargetUrl.TryParse(url, out var target, out var wrong))
        {
            return (null, $"the URL is not one that can be called: {wrong}");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, target.With(target.Query));
        var (status, document, problem) = await SendAsync(request, cancellationToken);
        return status == 200 && document is not null ? (document, "") : (null, problem.Length > 0 ? problem : $"the server answered with status {status}");
    }

    /// <returns>Status 0 where no answer came; the document is null where there was none or it is not JSON.</returns>
    public async ValueTask<(int Status, JsonElement? Document, string Problem)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", GatewayAgent.UserAgent);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            var body = await OutboundBody.ReadAsync(response.Content, MaxBytes, either.Token);
            return body is null
                ? ((int)response.StatusCode, null, $"the document is larger than {MaxBytes / 1024} KB")
                : ((int)response.StatusCode, Parse(body), "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (0, null, $"the server did not answer within {Patience.TotalSeconds:0} seconds");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OutboundRefusedException)
        {
            return (0, null, OutboundFaults.Words(e));
        }
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
