using System.Net;
using CentralOps.Aws.Wire;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Serving;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>One server's endpoint: HTTP requests with the target's credential, which is renewed once where the server does not accept it.</summary>
internal sealed class McpChannel(HttpMessageInvoker http, TargetUrl url, Credential credential, McpFailures failures, TimeProvider time, IRequestPace? pace = null)
{
    private const string Accepted = $"{MediaTypes.Json}, {MediaTypes.EventStream}";

    private const int MaxAuthorization = 16 * 1024;

    public McpFailures Failures => failures;

    public IReadOnlyList<string> Warnings => credential.Warnings;

    /// <summary>Sends a message.</summary>
    /// <param name="request">What it carries beside the protocol's own; null for the protocol's own messages.</param>
    public ValueTask<(HttpResponseMessage? Response, TargetFailure? Failure)> PostAsync(
        byte[] body, McpLink? link, McpRequest? request, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Post, body, link, request), cancellationToken);

    /// <summary>Resumes a stream.</summary>
    public ValueTask<(HttpResponseMessage? Response, TargetFailure? Failure)> ResumeAsync(
        string lastEventId, McpLink link, McpRequest request, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Get, [], link, request with { Method = "" }, lastEventId), cancellationToken);

    /// <summary>Ends a session.</summary>
    public ValueTask<(HttpResponseMessage? Response, TargetFailure? Failure)> DeleteAsync(McpLink link, string? authorization, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Delete, [], link, new McpRequest("") { Authorization = authorization }), cancellationToken);

    private async ValueTask<(HttpResponseMessage? Response, TargetFailure? Failure)> SendAsync(McpMessage message, CancellationToken cancellationToken)
    {
        var (renewed, turn) = (false, new PacedRequest(0, null, time.GetTimestamp()));
        while (true)
        {
            // Waits before it signs: a signature, and what it is made with, grow old.
            if (pace is not null && !await pace.EnterAsync(turn, cancellationToken))
            {
                return (null, failures.Status((int)HttpStatusCode.TooManyRequests));
            }

            var draft = Draft(message);
            var authorization = message.Request?.Authorization;
            if (await AuthenticateAsync(draft, authorization, cancellationToken) is { } unauthenticated)
            {
                return (null, unauthenticated);
            }

            HttpResponseMessage response;
            try
            {
                response = await http.SendAsync(MessageOf(message.Method, draft), cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OutboundRefusedException)
            {
                return (null, failures.Network(OutboundFaults.Words(e)));
            }

            if (pace is not null && response.StatusCode is (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
            {
                turn = turn with { TurnedAway = turn.TurnedAway + 1, RetryAfter = RetryAfter(response) };
                response.Dispose();
                continue;
            }

            // A refusal means that nothing has run.
            if (renewed || authorization is not null || response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
                || !credential.Renew(draft, (int)response.StatusCode, response.Headers.Date))
            {
                return (response, null);
            }

            response.Dispose();
            renewed = true;
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private ValueTask<TargetFailure?> AuthenticateAsync(WireRequest draft, string? authorization, CancellationToken cancellationToken)
    {
        if (authorization is null)
        {
            return credential.ApplyAsync(draft, cancellationToken);
        }

        if (!HeaderText.IsValue(authorization, MaxAuthorization))
        {
            return new(new TargetFailure(TargetFailureKind.Access, "The Authorization that an interceptor gave for the target holds characters that no header can carry."));
        }

        draft.Headers.Set("Authorization", authorization);
        return default;
    }

    private WireRequest Draft(in McpMessage message)
    {
        var extra = message.Request?.Query ?? "";
        var draft = new WireRequest
        {
            Method = message.Method.Method,
            Path = url.Path,
            Query = extra.Length == 0 ? url.Query : url.Query.Length == 0 ? extra : $"{url.Query}&{extra}",
            Body = message.Body,
        };
        var headers = draft.Headers;
        headers.Add("Host", url.Authority);
        headers.Add("User-Agent", GatewayAgent.UserAgent);
        headers.Add("Accept", message.LastEventId is null ? Accepted : MediaTypes.EventStream);
        if (message.Body.Length > 0)
        {
            headers.Add("Content-Type", MediaTypes.Json);
        }

        McpHeaders.Add(headers, message.Link, message.Request);
        if (message.LastEventId is { } lastEventId)
        {
            headers.Set("Last-Event-ID", lastEventId);
        }

        return draft;
    }

    private HttpRequestMessage MessageOf(HttpMethod method, WireRequest draft)
    {
        var message = new HttpRequestMessage(method, url.With(draft.Query))
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
            // The transport writes the same from the URL, once for all requests.
            if (string.Equals(name, "Host", StringComparison.Ordinal))
            {
                continue;
            }

            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    /// <summary>What is sent, however often it takes until the server accepts the credential.</summary>
    /// <param name="LastEventId">The event that a stream is resumed after; null where none is.</param>
    private readonly record struct McpMessage(HttpMethod Method, byte[] Body, McpLink? Link, McpRequest? Request, string? LastEventId = null);
}
