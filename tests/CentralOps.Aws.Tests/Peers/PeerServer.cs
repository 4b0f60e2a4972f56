using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CentralOps.Aws.Tests.Peers;

/// <summary>An AWS on 127.0.0.1 made of the server halves, for clients of other people's making: signatures verified, answers as it is told.</summary>
internal sealed class PeerServer : IHttpApplication<IFeatureCollection>, IAsyncDisposable
{
    private static readonly AccessKey Key = new("AKIDPEER", "peer/secret", "arn:aws:iam::111111111111:user/peer") { SessionToken = "peer+token==" };

    private readonly Dictionary<string, ServiceModel> _services;
    private readonly Func<PeerCall, object> _answer;
    private readonly KestrelServer _server;
    private int _count;

    private PeerServer(Dictionary<string, ServiceModel> services, Func<PeerCall, object> answer)
    {
        (_services, _answer) = (services, answer);
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, 0);
        _server = new KestrelServer(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
    }

    /// <summary>What was asked, in its order.</summary>
    public ConcurrentQueue<PeerCall> Calls { get; } = new();

    /// <summary>Faults of ours while answering; a test is wrong, or the halves are.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public string Url { get; private set; } = "";

    /// <param name="services">By the name in the credential scope.</param>
    /// <param name="answer">An <see cref="AwsOutput"/> or a <see cref="WireError"/>.</param>
    public static async Task<PeerServer> StartAsync(Dictionary<string, ServiceModel> services, Func<PeerCall, object> answer)
    {
        var server = new PeerServer(services, answer);
        await server._server.StartAsync(server, CancellationToken.None);
        server.Url = server._server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return server;
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public async Task ProcessRequestAsync(IFeatureCollection context)
    {
        var request = await ReadAsync(context.GetRequiredFeature<IHttpRequestFeature>());
        WireResponse response;
        try
        {
            response = Answer(request, $"request-{Interlocked.Increment(ref _count)}");
        }
        catch (Exception fault)
        {
            Faults.Enqueue($"{request.Method} {request.Path}?{request.Query}: {fault}");
            response = new WireResponse { Status = 500 };
        }

        var into = context.GetRequiredFeature<IHttpResponseFeature>();
        into.StatusCode = response.Status;
        foreach (var (name, value) in response.Headers)
        {
            into.Headers[name] = Microsoft.Extensions.Primitives.StringValues.Concat(into.Headers[name], value);
        }

        if (response.Status is not (204 or 304))
        {
            into.Headers.ContentLength = response.Body.Length;
            await context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(response.Body);
        }
    }

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }

    private WireResponse Answer(WireRequest request, string requestId)
    {
        var verdict = SignatureV4.Verify(request, new Keys(), TimeProvider.System.GetUtcNow(), new SignatureRules { Region = "eu-west-1" });
        var service = _services[verdict.Service];
        var protocol = WireProtocols.For(ProtocolOf(service, request));
        var operation = protocol.Match(service, request);
        if (!verdict.Accepted)
        {
            return protocol.WriteError(service, operation, SignatureErrors.For(verdict, protocol.Kind, verdict.Service), requestId);
        }

        if (operation is null)
        {
            throw new InvalidOperationException("No operation matches.");
        }

        try
        {
            var input = protocol.ReadRequest(operation, request);
            var call = new PeerCall(operation, protocol.Kind, request, JsonNode.Parse(input.Json.Span)!.AsObject(), input.Blob?.ToArray());
            Calls.Enqueue(call);
            return _answer(call) switch
            {
                WireError error => protocol.WriteError(service, operation, error, requestId),
                AwsOutput output => protocol.WriteResponse(operation, output, requestId),
                _ => throw new InvalidOperationException("Neither an output nor an error."),
            };
        }
        catch (WireFormatException refused) when (refused.Code is { } code)
        {
            return protocol.WriteError(service, operation, new WireError(code, refused.Message, 400), requestId);
        }
    }

    private static ProtocolKind ProtocolOf(ServiceModel service, WireRequest request) => service.Protocols.Count == 1 ? service.Protocol
        : request.Headers.Find("smithy-protocol") is not null ? ProtocolKind.RpcV2Cbor
        : request.Headers.Find("X-Amz-Target") is null ? ProtocolKind.AwsQuery
        : ProtocolKind.AwsJson10;

    private static async Task<WireRequest> ReadAsync(IHttpRequestFeature from)
    {
        using var body = new MemoryStream();
        await from.Body.CopyToAsync(body);
        var mark = from.RawTarget.IndexOf('?', StringComparison.Ordinal);
        var request = new WireRequest
        {
            Method = from.Method,
            Path = mark < 0 ? from.RawTarget : from.RawTarget[..mark],
            Query = mark < 0 ? "" : from.RawTarget[(mark + 1)..],
            Body = body.ToArray(),
        };
        foreach (var (name, values) in from.Headers)
        {
            foreach (var value in values)
            {
                request.Headers.Add(name, value ?? "");
            }
        }

        return request;
    }

    private sealed class Keys : IAccessKeys
    {
        public bool TryFind(string accessKeyId, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AccessKey? key) => (key = accessKeyId == Key.Id ? Key : null) is not null;
    }
}

/// <summary>One request as a server half read it.</summary>
internal sealed record PeerCall(OperationModel Operation, ProtocolKind Protocol, WireRequest Request, JsonObject Input, byte[]? Blob)
{
    public string? Text(string member) => (string?)Input[member];
}
