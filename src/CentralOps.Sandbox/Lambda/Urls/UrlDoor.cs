using System.Collections.Frozen;
using CentralOps.Aws.Models;
using CentralOps.Aws.Signing;
using CentralOps.Aws.Wire;
using CentralOps.Sandbox.Estates;
using CentralOps.Sandbox.Front;
using CentralOps.Sandbox.Identity;
using CentralOps.Sandbox.Policies;
using CentralOps.Sandbox.Trail;
using Microsoft.AspNetCore.Http;

namespace CentralOps.Sandbox.Lambda.Urls;

/// <summary>
/// Function URLs with AWS_IAM: signed for the service <c>lambda</c>, allowed by both actions that AWS asks for since October 2025.
/// https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
/// </summary>
internal sealed class UrlDoor(Estate estate, FunctionRegistry functions, AccessKeyStore keys, Authorizer authorizer, TrailLog trail, TimeProvider time)
{
    public static bool IsFor(WireRequest request, SignatureVerdict verdict) =>
        verdict.Service is "lambda" or "" && request.Path.StartsWith(FunctionUrl.Root, StringComparison.Ordinal);

    public async Task<WireResponse> AnswerAsync(WireRequest request, SignatureVerdict verdict, string? sourceIp, CancellationToken cancellationToken)
    {
        var visit = new UrlVisit(request, verdict, time.GetUtcNow(), sourceIp);
        try
        {
            // 1. Who signed it, and may he? An URL that is not there reads as one that he may not use.
            if (Introduce(visit, out var function, out var id, out var path) is { } refused)
            {
                return refused;
            }

            if (request.Body.Length > FrontDoor.MaxPayloadBytes)
            {
                return visit.Fail("RequestEntityTooLarge", "Request payload is larger than 6 MB.", StatusCodes.Status413PayloadTooLarge);
            }

            // 2. Run it: who leaves early does not end it, as at Lambda.
            var invocation = new Invocation
            {
                RequestId = visit.RequestId,
                Payload = UrlEvent.Write(visit, id, path, estate.OrganizationId),
                FunctionArn = function!.Definition.Arn,
                TraceId = $"Root=1-{visit.Now.ToUnixTimeSeconds():x8}-{visit.RequestId.Replace("-", "", StringComparison.Ordinal)[..24]};Sampled=0",
            };
            var result = await function.Workers.InvokeAsync(invocation).WaitAsync(cancellationToken);

            // 3. Answer as the function says.
            return result switch
            {
                { Outcome: not InvocationOutcome.Answered } => visit.Fail("TooManyRequestsException", "Rate Exceeded.", StatusCodes.Status429TooManyRequests),
                { Failed: false } when UrlAnswer.Read(result.Payload) is { } answer => answer,
                _ => visit.Fail("FunctionError", "Internal Server Error", StatusCodes.Status502BadGateway),
            };
        }
        finally
        {
            trail.Add(visit.Record());
        }
    }

    private WireResponse? Introduce(UrlVisit visit, out Function? function, out string id, out string path)
    {
        FunctionUrl.TrySplit(visit.Request.Path, out id, out path);
        function = null;
        if (!visit.Verdict.Accepted)
        {
            var error = SignatureErrors.For(visit.Verdict, ProtocolKind.RestJson1, "lambda");
            return visit.Verdict.Problem == SignatureProblem.Missing ? visit.Forbid() : visit.Fail(error.Code, error.Message, StatusCodes.Status403Forbidden);
        }

        if (!keys.TryFindPrincipal(visit.Verdict.Key!.Id, out var caller) || !authorizer.MayUseRegion(caller, visit.Verdict.Region))
        {
            return visit.Fail("UnrecognizedClientException", "The security token included in the request is invalid.", StatusCodes.Status403Forbidden);
        }

        visit.Caller = caller;
        if (!functions.TryFindUrl(id, out function) || !string.Equals(function.Definition.Region, visit.Verdict.Region, StringComparison.Ordinal))
        {
            return visit.Forbid();
        }

        visit.FunctionArn = function.Definition.Arn;
        return MayInvoke(visit, function) ? null : visit.Forbid();
    }

    private bool MayInvoke(UrlVisit visit, Function function)
    {
        var definition = function.Definition;
        var side = new ResourcePolicy(definition.AccountId, function.Policy);
        var question = authorizer.Ask(visit.Caller!, "lambda:InvokeFunctionUrl", definition.Arn) with
        {
            ResourceAccountId = definition.AccountId,
            Region = visit.Verdict.Region,
            Now = visit.Now,
            SourceIp = visit.SourceIp,
            ServiceKeys = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["lambda:FunctionUrlAuthType"] = "AWS_IAM",
                ["lambda:InvokedViaFunctionUrl"] = "true",
            }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
        };
        return PolicyEvaluator.Evaluate(question, side).Allowed
            && PolicyEvaluator.Evaluate(question with { Action = "lambda:InvokeFunction" }, side).Allowed;
    }
}
