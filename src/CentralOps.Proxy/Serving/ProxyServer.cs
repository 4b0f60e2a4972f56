using System.Text.Json;
using CentralOps.Gateway;
using CentralOps.Gateway.Mcp;
using CentralOps.Proxy.Identities;
using CentralOps.Proxy.Tools;
using CentralOps.Proxy.Upstreams;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CentralOps.Proxy.Serving;

/// <summary>
/// MCP as clients see it, whatever carries it: one message in, its answer out. What is the protocol's own is answered here, so that a client gets on its feet
/// although the server or the credentials are broken; what needs the server is asked there, when it is asked for. Safe for concurrent use.
/// </summary>
internal sealed partial class ProxyServer(ConfinedUpstream upstream, IIdentities identities, ProxyOptions options, TimeProvider time, ILogger<ProxyServer> log)
{
    private readonly InFlight _inFlight = new();
    private readonly VersionRules _versions = new(ClientVersions.All);
    private readonly ServerIdentity _server = new("CentralOps-Proxy", options.Version, ProxyWords.Instructions(upstream), ClientVersions.All) { HasPromptsAndResources = true };
    private readonly ProxyCalls _calls = new(upstream, identities, new ToolTable(upstream, identities, options, time), options);

    public VersionRules Versions => _versions;

    /// <summary>Answers a message, or a batch of them.</summary>
    /// <param name="json">UTF-8.</param>
    /// <returns>The answer and the HTTP status that it would travel under; no bytes where there is nothing to answer.</returns>
    public async ValueTask<ProxyAnswer> AnswerAsync(ReadOnlyMemory<byte> json, ProxyClient client, CancellationToken cancellationToken)
    {
        if (!Batch.IsBatch(json.Span))
        {
            return await AnswerOneAsync(json, client, inBatch: false, cancellationToken);
        }

        // In a batch nothing has been agreed by it: what counts is what was before.
        var dialect = new Dialect(client.Agreed ?? ProtocolVersions.March2025);
        if (!dialect.HasBatches)
        {
            return Refuse(default, McpError.NoBatches, dialect);
        }

        if (Batch.Split(json, out var messages) is { } refused)
        {
            return Refuse(default, refused, dialect);
        }

        var answers = await Task.WhenAll(messages.Select(message => AnswerOneAsync(message, client, inBatch: true, cancellationToken).AsTask()));
        var told = answers.Where(static answer => !answer.Json.IsEmpty).Select(static answer => answer.Json).ToList();
        return told.Count == 0 ? ProxyAnswer.None : new((byte[])[.. "["u8, .. Join(told), .. "]"u8], 200);
    }

    private async ValueTask<ProxyAnswer> AnswerOneAsync(ReadOnlyMemory<byte> json, ProxyClient client, bool inBatch, CancellationToken cancellationToken)
    {
        // 1. Is it a message?
        var problem = StrictJson.Check(json.Span, out var at);
        var message = Message.Read(json);
        if (problem != JsonProblem.None)
        {
            var id = problem is JsonProblem.NotUtf8 or JsonProblem.NotJson or JsonProblem.LoneSurrogate ? default : message.Id;
            return Refuse(id, McpError.Malformed(problem, at), Guess(client));
        }

        if (message is { IsResponse: true, IsObject: true })
        {
            // The proxy asks its clients nothing; an answer to an answer would go on for ever.
            return ProxyAnswer.None;
        }

        if (MessageRules.Judge(message) is { } invalid)
        {
            return Refuse(message.Id, invalid, Guess(client));
        }

        // 2. In which revision?
        var (dialect, unspoken) = client.Judge is { } judge ? judge(message) : JudgeByMessage(message, client);
        if (unspoken is not null)
        {
            return message.IsNotification ? ProxyAnswer.None : Refuse(message.Id, unspoken, dialect);
        }

        // 3. What does it ask?
        if (message.IsNotification)
        {
            Note(message, client);
            return ProxyAnswer.None;
        }

        using var flight = _inFlight.TryBegin(client.Name, message.Id, cancellationToken);
        if (flight is null)
        {
            return Refuse(message.Id, ProxyWords.NotTaken, dialect);
        }

        try
        {
            return inBatch && message.Method == McpMethod.Initialize
                ? Refuse(message.Id, McpError.InitializeInBatch, dialect)
                : await DispatchAsync(new(message, dialect, client), flight.Token);
        }
        catch (OperationCanceledException) when (flight.IsCancelled)
        {
            // Nobody waits for an answer.
            cancellationToken.ThrowIfCancellationRequested();
            return ProxyAnswer.None;
        }
        catch (Exception fault)
        {
            RequestFailed(fault, message.Method);
            return Refuse(message.Id, ProxyWords.Fault, dialect);
        }
    }

    private async ValueTask<ProxyAnswer> DispatchAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        var reply = new Reply();
        var (message, dialect) = (request.Message, request.Dialect);
        var status = message.Method switch
        {
            McpMethod.CallTool => await _calls.CallAsync(request, reply, _server, cancellationToken),
            McpMethod.ListTools => await _calls.ListAsync(request, reply, _server, cancellationToken),
            McpMethod.ListPrompts or McpMethod.ListResources or McpMethod.ListResourceTemplates or McpMethod.GetPrompt or McpMethod.ReadResource =>
                await _calls.ForwardAsync(request, reply, _server, cancellationToken),
            McpMethod.Initialize when !dialect.IsStateless => Initialize(request, reply),
            McpMethod.Ping when !dialect.IsStateless => Write(reply, message, "{}"u8),
            McpMethod.Discover when dialect.IsStateless => Discover(message, reply),
            _ => reply.Refuse(message.Id, McpError.UnknownMethod(message.MethodName, dialect), dialect),
        };
        return Taken(reply, status);
    }

    private static (Dialect Dialect, McpError? Refusal) JudgeByMessage(Message message, ProxyClient client)
    {
        if (message.Method == McpMethod.Initialize || message.MetaVersion.IsAbsent)
        {
            return (message.Method == McpMethod.Discover && client.Agreed is null ? new(ProtocolVersions.July2026) : Guess(client), null);
        }

        var said = message.MetaVersion.IsString ? message.MetaVersion.Text() : "";
        if (!ClientVersions.All.Contains(said, StringComparer.Ordinal))
        {
            return (new(ProtocolVersions.July2026), McpError.UnsupportedVersion(said, ClientVersions.All));
        }

        return (new(said), new Dialect(said).IsStateless && !message.IsNotification && !message.MetaCapabilities.IsObject
            ? McpError.InvalidMeta($"'{MetaKeys.ClientCapabilities}' is missing from params._meta; every request of this version carries it as an object.")
            : null);
    }

    private static Dialect Guess(ProxyClient client) => new(client.Agreed ?? ProtocolVersions.March2025);

    private void Note(Message message, ProxyClient client)
    {
        if (message.MethodName.TextEquals(NotificationMethods.CancelledNotification) && RequestIdOf(message.Params) is { } id)
        {
            _inFlight.Cancel(client.Name, id);
        }
    }

    private static JsonToken? RequestIdOf(JsonToken parameters)
    {
        if (!parameters.IsObject)
        {
            return null;
        }

        using var document = JsonDocument.Parse(parameters.Raw);
        return document.RootElement.TryGetProperty("requestId", out var id)
            ? new(id.ValueKind == JsonValueKind.String ? JsonTokenType.String : JsonTokenType.Number, System.Text.Encoding.UTF8.GetBytes(id.GetRawText()))
            : null;
    }

    private int Initialize(ProxyRequest request, Reply reply)
    {
        if (_versions.Negotiate(request.Message, out var agreed) is { } refused)
        {
            return reply.Refuse(request.Message.Id, refused, request.Dialect);
        }

        request.Client.Agreed = agreed;
        _server.WriteInitialized(reply.Begin(request.Message.Id), agreed);
        reply.End();
        return 200;
    }

    private int Discover(Message message, Reply reply)
    {
        _server.WriteDiscovered(reply.Begin(message.Id));
        reply.End();
        return 200;
    }

    private static int Write(Reply reply, Message message, ReadOnlySpan<byte> result)
    {
        reply.Result(message.Id, result);
        return 200;
    }

    private static ProxyAnswer Refuse(JsonToken id, McpError error, Dialect dialect)
    {
        var reply = new Reply();
        return Taken(reply, reply.Refuse(id, error, dialect));
    }

    /// <summary>The answer as bytes of its own, on one line: between JSON's tokens a line's end means nothing, and within its strings there is none.</summary>
    private static ProxyAnswer Taken(Reply reply, int status)
    {
        var json = reply.Buffer.Span.ToArray();
        reply.Clear();
        json.AsSpan().Replace((byte)'\n', (byte)' ');
        json.AsSpan().Replace((byte)'\r', (byte)' ');
        return new(json, status);
    }

    private static byte[] Join(List<ReadOnlyMemory<byte>> answers)
    {
        using var joined = new MemoryStream();
        foreach (var answer in answers)
        {
            joined.Write(joined.Length > 0 ? ","u8 : default);
            joined.Write(answer.Span);
        }

        return joined.ToArray();
    }

    [LoggerMessage(LogLevel.Error, "A request ({Method}) failed in the proxy itself and was answered with an internal error.")]
    private partial void RequestFailed(Exception exception, McpMethod method);
}

/// <summary>One request of a client.</summary>
internal readonly record struct ProxyRequest(Message Message, Dialect Dialect, ProxyClient Client);

/// <summary>What is answered.</summary>
/// <param name="Json">On one line; empty where nothing is.</param>
/// <param name="Status">HTTP's.</param>
internal readonly record struct ProxyAnswer(ReadOnlyMemory<byte> Json, int Status)
{
    public static ProxyAnswer None { get; } = new(default, 202);
}
