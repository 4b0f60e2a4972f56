using System.Text.Json;
using CentralOps.Aws.Calls;

namespace CentralOps.Gateway.Targets;

/// <summary>What goes wrong around a Lambda function, in words for a caller of a gateway in DEBUG: AgentCore's where they are known.</summary>
internal static class LambdaFailures
{
    private const int MaxForeignText = 512;

    public static TargetAnswer Answer(this TargetFailure failure) => TargetAnswer.Failed(failure.Kind, failure.Detail);

    public static TargetFailure TimedOut(LambdaFunction function, TimeSpan after) => new(
        TargetFailureKind.TimedOut,
        $"Lambda function {function.Arn} did not answer within {after.TotalSeconds:0.#} seconds. Ask for less at once, or raise the gateway's invocation timeout.");

    public static TargetFailure TooLarge(LambdaFunction function, string what) => new(
        TargetFailureKind.TooLarge,
        $"The {what} larger than the 6 MB that Lambda function {function.Arn} can be given or return. Ask for less at once.");

    public static TargetFailure ContextTooLarge(LambdaFunction function) => new(
        TargetFailureKind.TooLarge,
        $"What the call would tell Lambda function {function.Arn} about itself is larger than the {LambdaClientContext.MaxLength} bytes that Lambda admits. "
        + "Send a shorter message id.");

    /// <summary>The function's own error: type and message, never its stack trace.</summary>
    public static TargetFailure FunctionError(LambdaFunction function, string kind, ReadOnlySpan<byte> payload) => new(
        TargetFailureKind.Function,
        $"Lambda function {function.Arn} failed ({Printable.Text(kind, 32)}){Told(payload)} See the function's log, and retry the request.");

    /// <summary>A call that Lambda did not answer as asked.</summary>
    public static TargetFailure Of(LambdaFunction function, AwsFailure failure, TimeSpan waited) => (failure.Kind, failure.Code) switch
    {
        (_, "RequestTooLargeException") => TooLarge(function, "arguments are"),
        (_, NetworkCodes.AnswerTooLarge) => TooLarge(function, "answer is"),
        (FailureKind.Access, _) => new(
            TargetFailureKind.Access,
            $"Access denied while invoking Lambda function {function.Arn}. "
            + "Check the permissions on the Lambda function and Gateway execution role, and retry the request."),
        (FailureKind.Credentials, _) => new(
            TargetFailureKind.Access,
            $"The credentials of the Gateway execution role were not accepted while invoking Lambda function {function.Arn} ({Code(failure)}). "
            + "Check the role, and retry the request."),
        (FailureKind.NotFound, _) => new(
            TargetFailureKind.NotFound,
            $"Lambda function {function.Arn} was not found. Check the ARN of the target and that the function is deployed."),
        (FailureKind.Throttling, _) => new(
            TargetFailureKind.Throttled,
            $"Lambda function {function.Arn} had no concurrency left, and none came free in {waited.TotalSeconds:0.#} seconds ({Code(failure)}). "
            + "Retry later, or raise its concurrency."),
        (FailureKind.Network, _) => new(
            TargetFailureKind.Network,
            $"No answer came from Lambda while invoking function {function.Arn} ({Code(failure)}). Check the gateway's network, and retry the request."),
        _ => new(
            TargetFailureKind.Service,
            $"Lambda refused to invoke function {function.Arn}: {Code(failure)}: {Printable.Text(failure.Message, MaxForeignText)}"),
    };

    private static string Code(AwsFailure failure) => Printable.Text(failure.Code, 64);

    private static string Told(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            var (type, message) = root.ValueKind == JsonValueKind.Object ? (Text(root, "errorType"), Text(root, "errorMessage")) : (null, null);
            return (type, message) switch
            {
                (null, null) => ".",
                (null, _) => $": {message}.",
                (_, null) => $": {type}.",
                _ => $": {type}: {message}.",
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A function that breaks may leave anything behind; its words are not needed to say that it did.
            return ".";
        }
    }

    private static string? Text(JsonElement error, string member) =>
        error.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? Printable.Text(value.GetString(), MaxForeignText).TrimEnd('.', ' ')
            : null;
}
