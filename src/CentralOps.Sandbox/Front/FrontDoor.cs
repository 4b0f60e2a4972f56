using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.Front;

/// <summary>The way of one request through the sandbox, the same for every service.</summary>
internal sealed partial class FrontDoor(
    Estate estate, AccessKeyStore keys, Router router, TimeProvider time, ILogger<FrontDoor> logger, CancellationToken stopping)
{
    /// <summary>Lambda's 6 MB; nothing that is served here takes more.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    /// <summary>The transport's own bound lies above, so that a payload which is a little too large hears so in AWS's words.</summary>
    public const int MaxBodyBytes = MaxPayloadBytes + (2 * 1024 * 1024);

    private static readonly SignatureRules Rules = new();

    public async Task AnswerAsync(HttpExchange exchange)
    {
        try
        {
            if (!HostRule.Admits(exchange.Request.Headers.Host.ToString()))
            {
                await exchange.AnswerAsync(StatusCodes.Status421MisdirectedRequest, default, stopping);
                return;
            }

            var body = await exchange.ReadBodyAsync(MaxBodyBytes, exchange.Aborted);
            var response = body is null ? NotServed.TooLarge() : await AnswerAsync(WireExchange.ToWire(exchange, body));
            await WireExchange.WriteAsync(exchange, response, exchange.Aborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The client has left, or the sandbox is stopping. An empty answer would read as a success.
            exchange.Abort();
        }
    }

    private async Task<WireResponse> AnswerAsync(WireRequest request)
    {
        var requestId = RequestIds.Next();
        var now = time.GetUtcNow();

        // 1. Who signed it, and for which service and region?
        var verdict = SignatureV4.Verify(request, keys, now, Rules);
        if (router.Find(verdict.Service, request) is not { } service)
        {
            return NotServed.Answer(request, verdict.Service, requestId);
        }

        var protocol = Router.Protocol(service.Model, request);
        var operation = Match(protocol, service.Model, request);
        if (!verdict.Accepted)
        {
            var refusal = SignatureErrors.For(verdict, protocol.Kind, service.Model.SigningName);
            return protocol.WriteError(service.Model, operation, refusal, requestId);
        }

        if (!keys.TryFindPrincipal(verdict.Key!.Id, out var caller) || !estate.IsRegionEnabled(caller.AccountId, verdict.Region))
        {
            return Error(protocol, service, operation, service.Dialect.UnknownKey, requestId);
        }

        // 2. What does it ask?
        if (operation is null || !service.TryFind(operation.Name, out var handler))
        {
            var unknown = service.Dialect.UnknownOperation(operation?.Name ?? Router.NameOf(request), service.Model.ApiVersion);
            return Error(protocol, service, operation, unknown, requestId);
        }

        try
        {
            var input = protocol.ReadRequest(operation, request);
            using var json = JsonDocument.Parse(input.Json.IsEmpty ? "{}"u8.ToArray() : input.Json);
            var call = new OperationCall
            {
                Caller = caller,
                Region = verdict.Region,
                RequestId = requestId,
                Now = now,
                Input = json.RootElement,
                Blob = input.Blob ?? default,
            };

            // 3. May they?
            if (Refusal(call, handler, service.Dialect) is { } refused)
            {
                return Error(protocol, service, operation, refused, requestId);
            }

            // 4. Do it, and answer as the protocol has it.
            var answer = await handler.AnswerAsync(call, stopping);
            return answer.Error is { } error
                ? Error(protocol, service, operation, error, requestId)
                : protocol.WriteResponse(operation, answer.Output, requestId);
        }
        catch (WireFormatException malformed)
        {
            return Error(protocol, service, operation, service.Dialect.Malformed(malformed.Message), requestId);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            LogDefect(operation.ToString(), requestId, defect);
            return Error(protocol, service, operation, ServiceError.Internal, requestId);
        }
    }

    /// <summary>A request whose form cannot be read asks for no operation; what it is refused for first is its signature.</summary>
    private static OperationModel? Match(WireProtocol protocol, ServiceModel model, WireRequest request)
    {
        try
        {
            return protocol.Match(model, request);
        }
        catch (WireFormatException)
        {
            return null;
        }
    }

    private ServiceError? Refusal(OperationCall call, Operation handler, ErrorDialect dialect)
    {
        if (handler.Action is not { } action)
        {
            return null;
        }

        var question = new AccessRequest(call.Caller, action, handler.Resource(call))
        {
            OrganizationId = estate.OrganizationId,
            Region = call.Region,
        };
        var decision = PolicyEvaluator.Evaluate(question);
        return decision.Allowed ? null : dialect.Refuse(question, decision);
    }

    private static WireResponse Error(WireProtocol protocol, Service service, OperationModel? operation, ServiceError error, string requestId)
    {
        var wire = new WireError(error.Code, error.Message, error.Status) { RequestId = requestId, SenderFault = error.Status < 500 };
        var response = protocol.WriteError(service.Model, operation, wire, requestId);
        foreach (var (name, value) in error.Headers)
        {
            response.Headers.Set(name, value);
        }

        if (error.RetryAfterSeconds is not null)
        {
            ThrottleShape.Complete(response, error);
        }

        return response;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The sandbox failed on {Operation}, request {RequestId}.")]
    private partial void LogDefect(string operation, string requestId, Exception defect);
}
