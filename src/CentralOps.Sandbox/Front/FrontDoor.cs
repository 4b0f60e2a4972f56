using System.Text.Json;
using CentralOps.Aws.Models;
using CentralOps.Aws.Protocols;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.AwsMcp;
using CentralOps.Sandbox.Control;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Faults;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Lambda.Urls;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;
using CentralOps.Sandbox.Trail;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CentralOps.Sandbox.Front;

/// <summary>The way of one request through the sandbox, the same for every service.</summary>
internal sealed partial class FrontDoor(
    AccessKeyStore keys, Router router, Authorizer authorizer, FaultRegistry faults, TrailLog trail, ControlDoor control, McpDoor awsMcp, UrlDoor urls, TimeProvider time, ILogger<FrontDoor> logger, CancellationToken stopping)
{
    /// <summary>Lambda's 6 MB; nothing that is served here takes more.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    /// <summary>The transport's own bound lies above, so that a payload which is a little too large hears so in AWS's words.</summary>
    public const int MaxBodyBytes = MaxPayloadBytes + (2 * 1024 * 1024);

    private static readonly SignatureRules Rules = new();

    private readonly Unserved _unserved = new(authorizer);

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
            var (response, fault, events) = body is null ? (NotServed.TooLarge(), null, null) : await AnswerAsync(WireExchange.ToWire(exchange, body), exchange);
            if (faults.Skew != TimeSpan.Zero)
            {
                // Clients mend their clock by it.
                exchange.ResponseHeaders.Date = time.GetUtcNow().ToString("r");
            }

            await (events is null
                ? Damage.WriteAsync(exchange, response, fault, exchange.Aborted)
                : EventAnswer.WriteAsync(exchange, response, events, fault, exchange.Aborted));
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The client has left, or the sandbox is stopping. An empty answer would read as a success.
            exchange.Abort();
        }
    }

    private async Task<(WireResponse Response, FaultKind? Fault, IAsyncEnumerable<ReadOnlyMemory<byte>>? Events)> AnswerAsync(WireRequest request, HttpExchange exchange)
    {
        var now = time.GetUtcNow();

        // 1. Who signed it, and for which service and region?
        var verdict = SignatureV4.Verify(request, keys, now, Rules);
        if (ControlDoor.IsFor(verdict))
        {
            return (control.Answer(request), null, null);
        }

        if (McpDoor.IsFor(request, verdict))
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(exchange.Aborted, stopping);
            var (answer, damage) = await awsMcp.AnswerAsync(request, verdict, exchange.RemoteAddress, ending.Token);
            return (answer, damage, null);
        }

        if (UrlDoor.IsFor(request, verdict))
        {
            return (await urls.AnswerAsync(request, verdict, exchange.RemoteAddress, exchange.Aborted), null, null);
        }

        var visit = new Visit(request, verdict, now, exchange.RemoteAddress);
        try
        {
            // 2. What does it ask, and of whom?
            if (Introduce(visit) is { } refused)
            {
                return (refused, null, null);
            }

            // 3. Does a fault stand in its way?
            var hit = faults.Strike(new CallSite(visit.Caller!.AccountId, verdict.Region, visit.Service!.Model.Name, visit.Operation!.Name));
            if (hit.Delay > TimeSpan.Zero)
            {
                await Task.Delay(hit.Delay, time, exchange.Aborted);
            }

            var response = hit.Decisive is { } fault && Instead(visit, fault) is { } instead ? instead : await ServeAsync(visit, hit.Decisive);
            return (response, hit.Decisive?.Kind, visit.Events);
        }
        finally
        {
            trail.Add(visit.Record());
        }
    }

    /// <summary>Finds service, operation and caller; the answer where one of them is not there.</summary>
    private WireResponse? Introduce(Visit visit)
    {
        var (request, verdict) = (visit.Request, visit.Verdict);
        visit.Service = router.Find(verdict.Service, request);
        if (visit.Service is not { } service)
        {
            return RefuseUnserved(visit) ?? visit.NotServed();
        }

        visit.Protocol = Router.Protocol(service.Model, request);
        visit.Operation = Match(visit.Protocol, service.Model, request);
        var handler = visit.Operation is { } operation && service.TryFind(operation.Name, out var found) ? found : null;
        if (verdict.Problem == SignatureProblem.Missing && handler is { IsUnsigned: true })
        {
            visit.Caller = Principal.Anonymous;
            return null;
        }

        if (!verdict.Accepted)
        {
            return visit.Fail(SignatureErrors.For(verdict, visit.Protocol.Kind, service.Model.SigningName));
        }

        visit.Caller = keys.TryFindPrincipal(verdict.Key!.Id, out var caller) ? caller : null;
        if (visit.Caller is null || !authorizer.MayUseRegion(visit.Caller, verdict.Region))
        {
            return visit.Fail(service.Dialect.UnknownKey);
        }

        if (handler is not null)
        {
            return null;
        }

        return _unserved.Refuse(visit, visit.Caller, service.Model.Name) is { } refused
            ? visit.Fail(service.Dialect.Refuse(refused.Question, refused.Decision))
            : visit.Fail(service.Dialect.UnknownOperation(visit.Operation?.Name ?? Router.NameOf(request), service.Model.ApiVersion));
    }

    /// <summary>An operation of a service that is not here at all; null where the caller may do it, or is not known.</summary>
    private WireResponse? RefuseUnserved(Visit visit)
    {
        var verdict = visit.Verdict;
        if (!verdict.Accepted || !keys.TryFindPrincipal(verdict.Key!.Id, out var caller) || !authorizer.MayUseRegion(caller, verdict.Region))
        {
            return null;
        }

        visit.Caller = caller;
        return _unserved.Refuse(visit, caller, verdict.Service) is { } refused ? visit.NotAllowed(refused.Question, refused.Decision) : null;
    }

    /// <summary>What is answered in the place of the operation; null where the fault only damages its answer.</summary>
    private static WireResponse? Instead(Visit visit, Fault fault)
    {
        var model = visit.Service!.Model;
        return fault.Kind switch
        {
            FaultKind.Throttle => visit.Fail(FaultAnswers.Throttled(model.Name, visit.Protocol!.Kind)),
            FaultKind.Expired => visit.Fail(SignatureErrors.For(
                visit.Verdict with { Problem = SignatureProblem.Expired, Code = "ExpiredToken", Message = "The security token included in the request is expired" },
                visit.Protocol!.Kind,
                model.SigningName)),
            FaultKind.Drop => visit.Fail(ServiceError.Internal),
            _ => null,
        };
    }

    private async Task<WireResponse> ServeAsync(Visit visit, Fault? fault)
    {
        var (service, operation) = (visit.Service!, visit.Operation!);
        service.TryFind(operation.Name, out var handler);
        try
        {
            var input = visit.Protocol!.ReadRequest(operation, visit.Request);
            using var json = JsonDocument.Parse(input.Json.IsEmpty ? "{}"u8.ToArray() : input.Json);
            var call = new OperationCall
            {
                Caller = visit.Caller!,
                Region = visit.Verdict.Region,
                RequestId = visit.RequestId,
                Now = visit.Now,
                SourceIp = visit.SourceIp,
                UserAgent = visit.UserAgent,
                Input = json.RootElement,
                Blob = input.Blob ?? default,
            };

            // 4. May they?
            if (Refusal(visit, call, handler!, fault) is { } refused)
            {
                return visit.Fail(refused);
            }

            // 5. Do it, and answer as the protocol has it.
            var answer = await handler!.AnswerAsync(call, stopping);
            visit.Events = answer.Events;
            return answer.Error is { } error ? visit.Fail(error)
                : answer.Events is not null ? EventAnswer.Begin(visit.RequestId)
                : visit.Protocol.WriteResponse(operation, answer.Output, visit.RequestId);
        }
        catch (WireFormatException malformed)
        {
            return visit.Fail(service.Dialect.Malformed(malformed.Message));
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            LogDefect(operation.ToString(), visit.RequestId, defect);
            return visit.Fail(ServiceError.Internal);
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

    private ServiceError? Refusal(Visit visit, OperationCall call, Operation handler, Fault? fault)
    {
        var denial = fault?.Kind == FaultKind.Deny;
        var dialect = visit.Service!.Dialect;
        var resource = handler.Resource(call);
        visit.Resource = resource is "*" ? null : resource;
        var action = handler.Action ?? (denial ? $"{visit.Service.Model.SigningName}:{handler.Name}" : null);
        if (action is null)
        {
            return null;
        }

        var side = handler.ResourcePolicy(call);
        var question = handler.Complete(authorizer.Ask(call, action, resource) with { ResourceAccountId = side?.AccountId }, call);
        var decision = denial ? FaultAnswers.Denial(fault!) : PolicyEvaluator.Evaluate(question, side);
        return decision.Allowed ? null : dialect.Refuse(question, decision);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The sandbox failed on {Operation}, request {RequestId}.")]
    private partial void LogDefect(string operation, string requestId, Exception defect);
}
