using System.Buffers;
using System.Text.Json;
using CentralOps.Gateway.Mcp;
using CentralOps.Gateway.Outbound;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CentralOps.Gateway.Targets.McpServers;

/// <summary>
/// Finds out which revision a server speaks, as MCP 2026-07-28 has clients of both eras do it: a request of the stateless era first; what does not
/// answer it as a server of that era would is taken for one of the handshake era.
/// </summary>
internal sealed class McpNegotiation(McpChannel channel, McpAnswers answers, IReadOnlyList<string> spoken, TimeProvider time)
{
    private const int MaxSessionId = 1024;

    // Some servers of the handshake era leave a request that they do not know without an answer.
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(10);

    private IEnumerable<string> Handshakes => spoken.Where(version => !new Dialect(version).IsStateless).OrderDescending(StringComparer.Ordinal);

    public async Task<(McpLink? Link, TargetFailure? Failure)> OpenAsync(string? authorization, CancellationToken cancellationToken)
    {
        var offered = (IReadOnlyList<string>)[];
        if (spoken.Contains(ProtocolVersions.July2026, StringComparer.Ordinal))
        {
            var discovered = await DiscoverAsync(authorization, cancellationToken);
            if (discovered is { Link: null, Failure: null } && discovered.Offered.Contains(ProtocolVersions.July2026, StringComparer.Ordinal))
            {
                // It refused the revision and offered the same: a server behind the same address that is older, or still starting.
                discovered = await DiscoverAsync(authorization, cancellationToken);
            }

            if (discovered.Link is not null || discovered.Failure is not null)
            {
                return (discovered.Link, discovered.Failure);
            }

            offered = discovered.Offered;
        }

        // Without a list, the newest: a server that does not know it names its own.
        var version = offered.Count == 0 ? Handshakes.FirstOrDefault() : Handshakes.FirstOrDefault(known => offered.Contains(known, StringComparer.Ordinal));
        return version is null
            ? (null, Unspoken(string.Join(", ", offered)))
            : await InitializeAsync(version, authorization, cancellationToken);
    }

    private async ValueTask<(McpLink? Link, TargetFailure? Failure, IReadOnlyList<string> Offered)> DiscoverAsync(string? authorization, CancellationToken cancellationToken)
    {
        var link = new McpLink(ProtocolVersions.July2026, null, default);
        var request = new McpRequest(RequestMethods.ServerDiscover) { Authorization = authorization };
        using var patience = new CancellationTokenSource(ProbePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        McpReply reply;
        try
        {
            reply = await SendAsync(request.Write(0, link.Dialect), link, request, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, null, []);
        }

        if (reply.Failure is { Kind: TargetFailureKind.Network or TargetFailureKind.Access or TargetFailureKind.Throttled } failure)
        {
            return (null, failure, []);
        }

        return reply.Message.Kind switch
        {
            RpcKind.Result when reply.Failure is null => Choose(reply.Message, link),
            RpcKind.Error when reply.ErrorCode == (int)McpErrorCode.UnsupportedProtocolVersion => (null, null, RpcError.SupportedVersions(reply.Message)),
            RpcKind.Error when reply.ErrorCode is (int)McpErrorCode.HeaderMismatch or (int)McpErrorCode.MissingRequiredClientCapability =>
                (null, channel.Failures.Protocol($"refused server/discover ({reply.ErrorCode}): {RpcError.TextOf(reply.Message)}"), []),
            _ => (null, null, []),
        };
    }

    private static (McpLink? Link, TargetFailure? Failure, IReadOnlyList<string> Offered) Choose(RpcMessage discovered, McpLink stateless)
    {
        using var document = JsonDocument.Parse(discovered.Payload.Raw, new JsonDocumentOptions { MaxDepth = RpcMessage.MaxDepth });
        var offered = document.RootElement.TryGetProperty("supportedVersions", out var versions) && versions.ValueKind == JsonValueKind.Array
            ? versions.EnumerateArray().Where(version => version.ValueKind == JsonValueKind.String).Take(32).Select(version => version.GetString()!).ToArray()
            : [];
        return offered.Contains(stateless.Version, StringComparer.Ordinal)
            ? (stateless with { Abilities = Abilities(document.RootElement) }, null, offered)
            : (null, null, offered);
    }

    private async Task<(McpLink? Link, TargetFailure? Failure)> InitializeAsync(string version, string? authorization, CancellationToken cancellationToken)
    {
        var request = new McpRequest("") { Authorization = authorization };
        var before = new McpLink("", null, default);
        var reply = await SendAsync(WriteInitialize(version), before, request, cancellationToken);
        if (reply.Failure is { } failure)
        {
            return (null, failure);
        }

        if (reply.Message.Kind == RpcKind.Error)
        {
            return (null, channel.Failures.Protocol($"refused initialize ({reply.ErrorCode}): {RpcError.TextOf(reply.Message)}"));
        }

        var (link, problem) = Read(reply);
        return link is null ? (null, problem) : await ConfirmAsync(link, request, cancellationToken);
    }

    private (McpLink? Link, TargetFailure? Failure) Read(McpReply reply)
    {
        using var document = JsonDocument.Parse(reply.Message.Payload.Raw, new JsonDocumentOptions { MaxDepth = RpcMessage.MaxDepth });
        var agreed = document.RootElement.TryGetProperty("protocolVersion", out var stated) && stated.ValueKind == JsonValueKind.String ? stated.GetString()! : "";
        if (!Handshakes.Contains(agreed, StringComparer.Ordinal))
        {
            return (null, Unspoken(agreed));
        }

        var session = reply.Headers is { } headers && headers.NonValidated.TryGetValues(McpHeaders.Session, out var values) ? values.ToString() : null;
        return session is not null && !HeaderText.IsVisible(session, MaxSessionId)
            ? (null, channel.Failures.BadAnswer("gave a session id that is not visible ASCII"))
            : (new McpLink(agreed, session, Abilities(document.RootElement)), null);
    }

    private async Task<(McpLink? Link, TargetFailure? Failure)> ConfirmAsync(McpLink link, McpRequest request, CancellationToken cancellationToken)
    {
        var (response, failure) = await channel.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}"""u8.ToArray(), link, request, cancellationToken);
        using (response)
        {
            return response switch
            {
                null => (null, failure),
                { IsSuccessStatusCode: false } => (null, channel.Failures.Status((int)response.StatusCode)),
                _ => (link, null),
            };
        }
    }

    private async ValueTask<McpReply> SendAsync(byte[] body, McpLink link, McpRequest request, CancellationToken cancellationToken)
    {
        var (response, failure) = await channel.PostAsync(body, link, request, cancellationToken);
        return response is null ? McpReply.Failed(failure!) : await answers.ReadAsync(response, 0, link, request, cancellationToken);
    }

    private TargetFailure Unspoken(string theirs) => channel.Failures.Protocol(
        $"speaks {(theirs.Length > 0 ? $"MCP {Printable.Text(theirs, 128)}" : "no version of MCP that it names")}, and the gateway speaks {string.Join(", ", spoken)}. Update the server.");

    private static ServerAbilities Abilities(JsonElement answer) =>
        answer.TryGetProperty("capabilities", out var stated) && stated.ValueKind == JsonValueKind.Object
            ? new(stated.TryGetProperty("tools", out _), stated.TryGetProperty("prompts", out _), stated.TryGetProperty("resources", out _))
            : default;

    private static byte[] WriteInitialize(string version)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, Reply.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc"u8, "2.0"u8);
            json.WriteNumber("id"u8, 0);
            json.WriteString("method"u8, RequestMethods.Initialize);
            json.WriteStartObject("params"u8);
            json.WriteString("protocolVersion"u8, version);
            json.WriteStartObject("capabilities"u8);
            json.WriteEndObject();
            json.WritePropertyName("clientInfo"u8);
            McpRequest.WriteClientInfo(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
