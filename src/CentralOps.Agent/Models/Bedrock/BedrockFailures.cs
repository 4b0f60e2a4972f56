using CentralOps.Aws.Calls;

namespace CentralOps.Agent.Models.Bedrock;

/// <summary>
/// What Bedrock's errors mean. It tells very different things by one code, so that its words have to be read; where they change, the problem is told
/// in general and AWS's own words stand beside it. https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html
/// </summary>
internal static class BedrockFailures
{
    /// <param name="inStream">The answer had begun.</param>
    public static ModelException Of(AwsFailure failure, ModelSubject subject, bool inStream)
    {
        var problem = ProblemOf(failure, inStream);
        var told = ModelWords.Of(problem, subject, failure.Kind == FailureKind.Network ? failure.Message : $"{failure.Code}: {failure.Message}");
        return new ModelException(problem, told.Message, told.Remedy)
        {
            RequestId = failure.RequestId,
            MayPass = MayPass(failure, inStream),
        };
    }

    private static ModelProblem ProblemOf(AwsFailure failure, bool inStream) => failure.Code switch
    {
        "AccessDeniedException" => SaysOneOf(failure, "access to the model", "Model access is denied", "marketplace", "use case details") ? ModelProblem.ModelNotEnabled : ModelProblem.AccessDenied,
        "ResourceNotFoundException" => SaysOneOf(failure, "use case details") ? ModelProblem.ModelNotEnabled : ModelProblem.UnknownModel,
        "ValidationException" => Validation(failure),
        "ServiceQuotaExceededException" => ModelProblem.Quota,
        "ThrottlingException" when SaysOneOf(failure, "per day") => ModelProblem.Quota,
        "ModelNotReadyException" or "ModelErrorException" or "ModelStreamErrorException" => ModelProblem.Unavailable,
        "ModelTimeoutException" or NetworkCodes.TimedOut => ModelProblem.TimedOut,
        NetworkCodes.AnswerTooLarge => ModelProblem.TooLarge,
        NetworkCodes.MalformedAnswer => ModelProblem.Broken,
        NetworkCodes.InvalidRegion or NetworkCodes.InvalidEndpointSetting => ModelProblem.Unreachable,
        _ => failure.Kind switch
        {
            FailureKind.Throttling => ModelProblem.Throttled,
            FailureKind.Access => ModelProblem.AccessDenied,
            FailureKind.Credentials => ModelProblem.Credentials,
            FailureKind.NotFound => ModelProblem.UnknownModel,
            FailureKind.Network => inStream ? ModelProblem.Broken : ModelProblem.Unreachable,
            FailureKind.Server => ModelProblem.Unavailable,
            _ => ModelProblem.Rejected,
        },
    };

    private static ModelProblem Validation(AwsFailure failure) =>
        SaysOneOf(failure, "on-demand throughput") ? ModelProblem.NeedsInferenceProfile
        : SaysOneOf(failure, "model identifier is invalid", "Could not resolve the foundation model") ? ModelProblem.UnknownModel
        : SaysOneOf(failure, "is too long", "too many input tokens", "exceed context limit", "maximum context length", "Input Tokens Exceeded") ? ModelProblem.TooLong
        : SaysOneOf(failure, "support tool use", "supports tool use", "doesn't support the toolConfig") ? ModelProblem.ToolsUnsupported
        : ModelProblem.Rejected;

    // Before the answer the client has retried what passes; in it, nobody has.
    private static bool MayPass(AwsFailure failure, bool inStream) => failure.Code is "ModelErrorException" or "ModelStreamErrorException"
        || (inStream && failure.Code is not NetworkCodes.TimedOut && failure.Kind is FailureKind.Throttling or FailureKind.Server or FailureKind.Network);

    private static bool SaysOneOf(AwsFailure failure, params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (failure.Message.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
