using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Gateway.Targets;

/// <summary>Invokes functions as the gateway's role, and waits where one has no concurrency left.</summary>
internal sealed class LambdaInvoker(
    AwsClient aws, Func<CancellationToken, ValueTask<AwsCredentials>> roleCredentials, ThrottleWait throttles, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Lambda's limit on a synchronous invocation's payload, and on its answer.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    private static readonly OperationModel Invoke = ModelLibrary.Operation("lambda", "Invoke");

    public TimeSpan Timeout { get; } = timeout;

    public TimeProvider Time { get; } = time;

    public async ValueTask<TargetAnswer> InvokeAsync(LambdaFunction function, ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var requestId = RequestId.New();
        var input = new AwsInput(WriteInput(function, LambdaClientContext.Encode(function, invocation, requestId)), invocation.Arguments);
        var waited = throttles.Begin();
        while (true)
        {
            var credentials = await roleCredentials(cancellationToken);
            var output = new ArrayBufferWriter<byte>();
            var transcription = new Transcription(output);
            var call = new AwsCall(Invoke, input, function.Region, credentials) { RequestId = requestId, MaxAttempts = 1, AttemptTimeout = Timeout };
            var answer = await aws.CallAsync(call, transcription, cancellationToken);
            if (answer.Failure is null)
            {
                return Read(function, output.WrittenMemory, transcription.Blob);
            }

            if (answer.Failure.Kind != FailureKind.Throttling || !await waited.NextAsync(cancellationToken))
            {
                return LambdaFailures.Of(function, answer.Failure, waited.Total).Answer();
            }
        }
    }

    private static TargetAnswer Read(LambdaFunction function, ReadOnlyMemory<byte> output, ReadOnlyMemory<byte> payload)
    {
        using var members = JsonDocument.Parse(output);
        if (members.RootElement.TryGetProperty("FunctionError", out var error) && error.ValueKind == JsonValueKind.String)
        {
            return LambdaFailures.FunctionError(function, error.GetString()!, payload.Span).Answer();
        }

        return payload.Length > MaxPayloadBytes ? LambdaFailures.TooLarge(function, "answer is").Answer() : TargetAnswer.Of(payload);
    }

    private static ReadOnlyMemory<byte> WriteInput(LambdaFunction function, string clientContext)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("FunctionName"u8, function.Arn);
            json.WriteString("InvocationType"u8, "RequestResponse"u8);
            json.WriteString("ClientContext"u8, clientContext);
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
