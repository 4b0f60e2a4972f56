using System.Net;
using CentralOps.Aws.Wire;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Serving;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>One server's endpoint: HTTP requests with the target's credential, which is renewed once where the server does not accept it.</summary>
internal sealed class McpChannel(HttpMessageInvoker http, TargetUrl url, Credential credential, McpFailures failures)
{
    private const string Accepted = $"{MediaTypes.Json}, {MediaTypes.EventStream}";

    public McpFailures Failures => failures;

    public IReadOnlyList<string> Warnings => credential.Warnings;

    /// <summary>Sends a message.</summary>
    /// <param name="request">What it carries beside the protocol's own; null for the protocol's own messages.</param>
    public Task<(HttpResponseMessage? Response, TargetFailure? Failure)> PostAsync(
        byte[] body, McpLink? link, McpRequest? request, CancellationToken cancellationToken) =>
        SendAsync(() => Draft("POST", body, link, request), request?.Authorization, cancellationToken);

    /// <summary>Resumes a stream.</summary>
    public Task<(HttpResponseMessage? Response, TargetFailure? Failure)> ResumeAsync(
        string lastEventId, McpLink link, McpRequest request, CancellationToken cancellationToken) =>
        SendAsync(
            () =>
            {
                var draft = Draft("GET", [], link, request with { Method = "" });
                draft.Headers.Set("Accept", MediaTypes.EventStream);
                draft.Headers.Set("Last-Event-ID", lastEventId);
                return draft;
            },
            request.Authorization,
            cancellationToken);

    /// <summary>Ends a session.</summary>
    public Task<(HttpResponseMessage? Response, TargetFailure? Failure)> DeleteAsync(McpLink link, string? authorization, CancellationToken cancellationToken) =>
        SendAsync(() => Draft("DELETE", [], link, null), authorization, cancellationToken);

    private async Task<(HttpResponseMessage? Response, TargetFailure? Failure)> SendAsync(
        Func<WireRequest> draw, string? authorization, CancellationToken cancellationToken)
    {
        for (var renewed = false; ; renewed = true)
        {
            var draft = draw();
            if (await AuthenticateAsync(draft, authorization, cancellationToken) is { } unauthenticated)
            {
                return (null, unauthenticated);
            }

            HttpResponseMessage response;
            try
            {
                response = await http.SendAsync(MessageOf(draft), cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OutboundRefusedException)
            {
                return (null, failures.Network(OutboundFaults.Words(e)));
            }

            // A refusal means that nothing has run.
            if (renewed || authorization is not null || response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                || !credential.Renew(draft, (int)response.StatusCode, response.Headers.Date))
            {
                return (response, null);
            }

            response.Dispose();
        }
    }

    private ValueTask<TargetFailure?> AuthenticateAsync(WireRequest draft, string? authorization, CancellationToken cancellationToken)
    {
        if (authorization is null)
        {
            return credential.ApplyAsync(draft, cancellationToken);
        }

        draft.Headers.Set("Authorization", authorization);
        return default;
    }

    private WireRequest Draft(string method, byte[] body, McpLink? link, McpRequest? request)
    {
        var extra = request?.Query ?? "";
        var draft = new WireRequest
        {
            Method = method,
            Path = url.Path,
            Query = extra.Length == 0 ? url.Query : url.Query.Length == 0 ? extra : $"{url.Query}&{extra}",
            Body = body,
        };
        var headers = draft.Headers;
        headers.Add("Host", url.Authority);
        headers.Add("User-Agent", GatewayAgent.UserAgent);
        headers.Add("Accept", Accepted);
        if (body.Length > 0)
        {
            headers.Add("Content-Type", MediaTypes.Json);
        }

        McpHeaders.Add(headers, link, request);
        return draft;
    }

    private HttpRequestMessage MessageOf(WireRequest draft)
    {
        var message = new HttpRequestMessage(HttpMethod.Parse(draft.Method), url.With(draft.Query))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (!draft.Body.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(draft.Body);
        }

        foreach (var (name, value) in draft.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
