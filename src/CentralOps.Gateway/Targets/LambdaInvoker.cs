using System.Buffers;
using System.Text.Json;
using CentralOps.Aws.Calls;
using CentralOps.Aws.Credentials;
using CentralOps.Aws.Models;
using CentralOps.Aws.Projections;
using CentralOps.Aws.Protocols;

namespace CentralOps.Gateway.Targets;

/// <summary>One invocation of a function.</summary>
/// <param name="Payload">The event, at most 6 MB of JSON.</param>
/// <param name="ClientContext">Base64, or null for none.</param>
/// <param name="RequestId">Goes into the User-Agent, by which CloudTrail's record is found.</param>
internal readonly record struct LambdaInvocation(ReadOnlyMemory<byte> Payload, string? ClientContext, string RequestId);

/// <summary>Invokes functions as the gateway's role, and waits where one has no concurrency left.</summary>
internal sealed class LambdaInvoker(
    AwsClient aws, Func<CancellationToken, ValueTask<AwsCredentials>> roleCredentials, ThrottleWait throttles, TimeSpan timeout, TimeProvider time)
{
    /// <summary>Lambda's limit on a synchronous invocation's payload, and on its answer.</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    private static readonly OperationModel Invoke = ModelLibrary.Operation("lambda", "Invoke");

    public TimeSpan Timeout { get; } = timeout;

    public TimeProvider Time { get; } = time;

    public async ValueTask<TargetAnswer> InvokeAsync(LambdaFunction function, LambdaInvocation invocation, CancellationToken cancellationToken)
    {
        var input = new AwsInput(WriteInput(function, invocation.ClientContext), invocation.Payload);
        var waited = throttles.Begin();
        while (true)
        {
            var credentials = await roleCredentials(cancellationToken);
            var output = new ArrayBufferWriter<byte>();
            var transcription = new Transcription(output);
            var call = new AwsCall(Invoke, input, function.Region, credentials) { RequestId = invocation.RequestId, MaxAttempts = 1, AttemptTimeout = Timeout };
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

    private static ReadOnlyMemory<byte> WriteInput(LambdaFunction function, string? clientContext)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("FunctionName"u8, function.Arn);
            json.WriteString("InvocationType"u8, "RequestResponse"u8);
            if (clientContext is not null)
            {
                json.WriteString("ClientContext"u8, clientContext);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }
}
