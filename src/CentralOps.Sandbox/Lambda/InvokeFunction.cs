using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CentralOps.Aws.Protocols;
using CentralOps.Sandbox.Front;
using CentralOps.Sandbox.Operations;
using CentralOps.Sandbox.Policies;

namespace CentralOps.Sandbox.Lambda;

/// <summary>
/// lambda:Invoke, for an answer, for the event's sake, or only to see whether one may.
/// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
/// </summary>
internal sealed class InvokeFunction(FunctionRegistry functions) : Operation
{
    private const int MaxEventBytes = 1024 * 1024;

    public override string Name => "Invoke";

    public override string Action => "lambda:InvokeFunction";

    public override string Resource(OperationCall call) => FunctionName.TryParse(call, out var name)
        ? name.Arn
        : $"arn:aws:lambda:{call.Region}:{call.Caller.AccountId}:function:{call.Text("FunctionName")}";

    public override ResourcePolicy? ResourcePolicy(OperationCall call) => FunctionName.TryParse(call, out var name)
        ? new ResourcePolicy(name.AccountId, functions.TryFind(name.Arn, out var function) ? function.Policy : null)
        : null;

    public override async ValueTask<OperationAnswer> AnswerAsync(OperationCall call, CancellationToken cancellationToken)
    {
        // 1. Which function?
        var (function, name, absent) = Find(call);
        if (function is null)
        {
            return absent!;
        }

        // 2. Is the event one that Lambda takes?
        var type = call.Text("InvocationType") ?? "RequestResponse";
        var (context, problem) = ClientContext.Read(call.Text("ClientContext"));
        if (problem is not null)
        {
            return new ServiceError("InvalidRequestContentException", problem);
        }

        if (PayloadProblem(call.Blob, type) is { } refused)
        {
            return refused;
        }

        var invocation = new Invocation
        {
            RequestId = call.RequestId,
            Payload = call.Blob.IsEmpty ? "{}"u8.ToArray() : call.Blob,
            ClientContext = context,
            FunctionArn = name!.QualifiedArn,
            TraceId = NewTraceId(call.Now),
        };

        // 3. Run it, as the caller wants.
        switch (type)
        {
            case "DryRun":
                return Answered(204, default, error: null, log: null);
            case "Event":
                return function.Events.TryQueue(invocation) ? Answered(202, default, error: null, log: null) : Throttled;
            case "RequestResponse":
                var result = await function.Workers.InvokeAsync(invocation);
                return result.Outcome == InvocationOutcome.Answered ? await AnswerAsync(call, function, result) : Throttled;
            default:
                return new ServiceError("InvalidParameterValueException", $"InvocationType '{type}' is not one of RequestResponse, Event, DryRun.");
        }
    }

    private static ServiceError Throttled { get; } = new("TooManyRequestsException", "Rate Exceeded.", 429)
    {
        Reason = "ReservedFunctionConcurrentInvocationLimitExceeded",
        RetryAfterSeconds = 1,
    };

    private (Function? Function, FunctionName? Name, ServiceError? Error) Find(OperationCall call)
    {
        if (!FunctionName.TryParse(call, out var name))
        {
            return (null, null, new ServiceError("ValidationException", $"1 validation error detected: Value '{call.Text("FunctionName")}' at 'functionName' failed to satisfy constraint: Member must be a function's name, partial ARN or ARN, with one qualifier at most"));
        }

        if (!string.Equals(name.Region, call.Region, StringComparison.Ordinal))
        {
            return (null, null, new ServiceError("ResourceNotFoundException", $"Functions from '{name.Region}' are not reachable in this region ('{call.Region}')", 404));
        }

        return functions.TryFind(name.Arn, out var function) && name.Qualifier is null or "$LATEST"
            ? (function, name, null)
            : (null, null, new ServiceError("ResourceNotFoundException", $"Function not found: {name.QualifiedArn}", 404));
    }

    private static ServiceError? PayloadProblem(ReadOnlyMemory<byte> payload, string type)
    {
        var max = type is "Event" ? MaxEventBytes : FrontDoor.MaxPayloadBytes;
        if (payload.Length > max)
        {
            return new ServiceError("RequestTooLargeException", $"Request must be smaller than {max} bytes for the InvokeFunction operation", 413);
        }

        try
        {
            var reader = new Utf8JsonReader(payload.Span, new JsonReaderOptions { MaxDepth = 1000 });
            while (!payload.IsEmpty && reader.Read())
            {
            }

            return null;
        }
        catch (JsonException unreadable)
        {
            return new ServiceError("InvalidRequestContentException", $"Could not parse request body into json: at byte {unreadable.BytePositionInLine} of line {unreadable.LineNumber + 1}");
        }
    }

    private static async Task<OperationAnswer> AnswerAsync(OperationCall call, Function function, InvocationResult result)
    {
        string? log = null;
        if (call.Text("LogType") is "Tail")
        {
            log = Convert.ToBase64String(Encoding.UTF8.GetBytes(await InvocationReport.WriteAsync(call.RequestId, function.Definition, result)));
        }

        return Answered(200, result.Payload, result.Failed ? "Unhandled" : null, log);
    }

    private static OperationAnswer Answered(int status, ReadOnlyMemory<byte> payload, string? error, string? log)
    {
        var answer = OperationAnswer.Of((status, error, log), static (json, made) =>
        {
            json.WriteNumber("StatusCode", made.status);
            if (made.status == 200)
            {
                json.WriteString("ExecutedVersion", "$LATEST");
            }

            if (made.error is not null)
            {
                json.WriteString("FunctionError", made.error);
            }

            if (made.log is not null)
            {
                json.WriteString("LogResult", made.log);
            }
        });
        return new AwsOutput(answer.Output.Json, payload);
    }

    private static string NewTraceId(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[20];
        RandomNumberGenerator.Fill(random);
        var hex = Convert.ToHexStringLower(random);
        return $"Root=1-{now.ToUnixTimeSeconds():x8}-{hex[..24]};Parent={hex[24..]};Sampled=0";
    }
}
