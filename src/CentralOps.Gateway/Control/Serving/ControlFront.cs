using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Gateway.Control.Validation;
using CentralOps.Gateway.Serving;
using Microsoft.Extensions.Logging;

namespace CentralOps.Gateway.Control.Serving;

/// <summary>The way of one request through the control plane.</summary>
internal sealed partial class ControlFront(HostRules hosts, ControlCallers callers, Throttles throttles, ControlOperations operations, bool httpLoopback, ILogger<ControlFront> log)
{
    private static readonly ServiceModel Service = ModelLibrary.Service("bedrock-agentcore-control");
    private static readonly WireProtocol Protocol = WireProtocols.For(ProtocolKind.RestJson1);

    public async Task AnswerAsync(ControlExchange exchange, CancellationToken cancellationToken)
    {
        // 1. Is it meant for this server, or did a browser's page find its way here?
        if (!hosts.AdmitsHost(exchange.Headers.Host) || !hosts.AdmitsOrigin(exchange.Headers.Origin))
        {
            await exchange.RefuseAsync(ControlError.Misdirected, cancellationToken);
            return;
        }

        // 2. Read it whole: a signature covers the body.
        if (await exchange.ReadAsync(cancellationToken) is not { } request)
        {
            await exchange.RefuseAsync(ControlError.TooLarge, cancellationToken);
            return;
        }

        // 3. Which operation does it ask for?
        if (Protocol.Match(Service, request) is not { } operation)
        {
            await exchange.RefuseUnknownAsync(cancellationToken);
            return;
        }

        // 4. Who asks, may he, and does he ask too often?
        if (callers.Refuse(request, operation.Name) is { } refused)
        {
            await exchange.RefuseAsync(refused, cancellationToken);
            return;
        }

        if (!throttles.TryTake(operation.Name))
        {
            await exchange.RefuseAsync(ControlError.Throttled, cancellationToken);
            return;
        }

        // 5. Is the input what the model asks for?
        if (ControlInput.Read(operation, request, httpLoopback, out var wrong) is not { } input)
        {
            await exchange.RefuseAsync(wrong!, cancellationToken);
            return;
        }

        // 6. Do it: all of an operation is one write of the store.
        var result = await operations.RunAsync(new ControlCall(operation, input) { Token = ClientToken.Of(operation.Name, input) }, cancellationToken);
        if (result.Error is { } error)
        {
            Refused(operation.Name, error.Code, exchange.RequestId);
            await exchange.RefuseAsync(error, cancellationToken);
            return;
        }

        Answered(operation.Name, exchange.RequestId);
        await exchange.AnswerAsync(operation.ResponseCode, result.Answer!, cancellationToken);
    }

    [LoggerMessage(LogLevel.Debug, "{Operation} was answered; request {RequestId}.")]
    private partial void Answered(string operation, string requestId);

    [LoggerMessage(LogLevel.Information, "{Operation} was refused with {Code}; request {RequestId}.")]
    private partial void Refused(string operation, string code, string requestId);
}
