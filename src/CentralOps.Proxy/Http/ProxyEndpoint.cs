using System.Net;
using System.Security.Cryptography;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Outbound;
using CentralOps.Gateway.Serving;
using CentralOps.Proxy.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CentralOps.Proxy.Http;

/// <summary>
/// One request of a client. A session id is given, and any is taken: it only tells clients apart whose requests have the same ids, so that nothing is lost when
/// the proxy starts anew.
/// </summary>
internal sealed class ProxyEndpoint(ProxyServer server, BearerToken token)
{
    public const int MaxBodyBytes = 6 * 1024 * 1024;

    private const string SessionHeader = "Mcp-Session-Id";
    private const string VersionHeader = "MCP-Protocol-Version";
    private const int MaxSession = 128;

    private readonly HostRules _hosts = new(IPAddress.Loopback, [], []);

    public async Task HandleAsync(HttpContext context)
    {
        var (request, response, cancellationToken) = (context.Request, context.Response, context.RequestAborted);
        try
        {
            // 1. May this client speak at all?
            var (takesJson, takesEvents) = MediaTypes.Accepted(request.Headers.Accept);
            if (Refuse(request, takesJson || takesEvents) is { } refusal)
            {
                if (refusal.Challenge is { } challenge)
                {
                    response.Headers.WWWAuthenticate = challenge;
                }

                await SendAsync(response, Written(refusal), cancellationToken);
                return;
            }

            if (HttpMethods.IsDelete(request.Method))
            {
                // The end of a session, of which nothing is kept.
                response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }

            // 2. The message.
            if (await OutboundBody.ReadAsync(new StreamContent(request.Body), MaxBodyBytes, cancellationToken) is not { Length: > 0 } body)
            {
                await SendAsync(response, Written(McpError.EmptyBody), cancellationToken);
                return;
            }

            // 3. Its answer; with what is told before it, as a stream of events.
            await using var events = new EventAnswer(response);
            var client = Client(request, takesEvents ? events.TellAsync : null);
            var answer = await server.AnswerAsync(body, client, cancellationToken);
            if (client.Agreed is not null && !request.Headers.ContainsKey(SessionHeader) && !response.HasStarted && Message.Read(body).Method == McpMethod.Initialize)
            {
                response.Headers[SessionHeader] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            }

            await (events.HasBegun ? events.EndAsync(answer.Json, cancellationToken) : SendAsync(response, answer, cancellationToken));
        }
        catch (BadHttpRequestException bad)
        {
            await SendAsync(response, Written(bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? McpError.TooLarge : McpError.BadHttp(bad.StatusCode)), cancellationToken);
        }
        catch (Exception left) when (cancellationToken.IsCancellationRequested && left is OperationCanceledException or IOException)
        {
            // The client has gone.
        }
    }

    private McpError? Refuse(HttpRequest request, bool acceptable)
    {
        if (!_hosts.AdmitsHost(request.Headers.Host))
        {
            return McpError.WrongHost;
        }

        if (!_hosts.AdmitsOrigin(request.Headers.Origin))
        {
            return McpError.WrongOrigin;
        }

        if (request.Headers.Authorization.Count != 1 || !token.Admits(request.Headers.Authorization.ToString()))
        {
            return McpError.NoToken("Send the token that the proxy was started with, as 'Authorization: Bearer …'.");
        }

        if (!request.Path.Equals("/mcp", StringComparison.Ordinal))
        {
            return McpError.NoSuchPath;
        }

        if (HttpMethods.IsDelete(request.Method))
        {
            return null;
        }

        return !HttpMethods.IsPost(request.Method) ? McpError.MethodNotAllowed
            : !MediaTypes.IsJson(request.Headers) ? McpError.UnsupportedMediaType
            : acceptable ? null : McpError.NotAcceptable;
    }

    private ProxyClient Client(HttpRequest request, Gateway.Targets.CallProgress? progress)
    {
        var session = request.Headers[SessionHeader].ToString();
        var declared = request.Headers[VersionHeader].ToString();
        var name = session is { Length: > 0 and <= MaxSession } ? session : request.HttpContext.Connection.Id;
        return new ProxyClient(name)
        {
            Agreed = declared.Length > 0 ? declared : null,
            Progress = progress,
            Judge = message =>
            {
                var refusal = server.Versions.Judge(message, request.Headers, out var dialect);
                return (dialect, refusal);
            },
        };
    }

    private static ProxyAnswer Written(McpError error)
    {
        var reply = new Reply();
        var status = reply.Refuse(default, error, new Dialect(Gateway.ProtocolVersions.March2025));
        return new(reply.Buffer.Span.ToArray(), status);
    }

    private static async Task SendAsync(HttpResponse response, ProxyAnswer answer, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        if (answer.Json.IsEmpty)
        {
            return;
        }

        response.ContentType = MediaTypes.Json;
        response.ContentLength = answer.Json.Length;
        await response.Body.WriteAsync(answer.Json, cancellationToken);
    }
}
