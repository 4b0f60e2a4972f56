namespace CentralOps.Agent.Models.Http;

/// <summary>
/// What an error of a provider means: by its status, by its code where it has one, and by its words where servers that speak the same protocol have
/// nothing else in common. https://docs.claude.com/en/api/errors, https://platform.openai.com/docs/guides/error-codes
/// </summary>
internal static class HttpMeanings
{
    public static ModelProblem Of(int status, string code, string said) => (status, code) switch
    {
        (_, "insufficient_quota" or "billing_error" or "billing_hard_limit_reached") or (402, _) => ModelProblem.Quota,
        (_, "authentication_error" or "invalid_api_key") or (401, _) => ModelProblem.Credentials,
        (_, "rate_limit_error" or "rate_limit_exceeded") or (429, _) => ModelProblem.Throttled,
        (_, "overloaded_error" or "api_error" or "server_error") => ModelProblem.Unavailable,
        (_, "context_length_exceeded" or "request_too_large") or (413, _) => ModelProblem.TooLong,
        (_, "model_not_found" or "not_found_error") or (404, _) => ModelProblem.UnknownModel,
        (_, "permission_error") or (403, _) => ModelProblem.AccessDenied,
        (408 or 504, _) => ModelProblem.TimedOut,
        (>= 500, _) => ModelProblem.Unavailable,
        (>= 300 and < 400, _) => ModelProblem.Unreachable,
        _ => ByWords(said),
    };

    /// <summary>Whether another attempt may do better.</summary>
    public static bool Passes(int status, ModelProblem problem) =>
        problem is ModelProblem.Throttled || status is 408 or 409 or 500 or 502 or 503 or 504 or 529;

    private static ModelProblem ByWords(string said) =>
        Says(said, "prompt is too long") || Says(said, "context length") || Says(said, "context window") || Says(said, "too many tokens") ? ModelProblem.TooLong
        : Says(said, "does not support tools") || Says(said, "tool use is not supported") ? ModelProblem.ToolsUnsupported
        : Says(said, "credit balance") ? ModelProblem.Quota
        : ModelProblem.Rejected;

    private static bool Says(string said, string phrase) => said.Contains(phrase, StringComparison.OrdinalIgnoreCase);
}
