using CentralOps.Sandbox.Operations;

namespace CentralOps.Sandbox.CloudWatch;

internal static class CloudWatchErrors
{
    public static ServiceError BadToken { get; } = new("InvalidNextToken", "The next token specified is invalid.");

    public static ServiceError Invalid(string words) => new("ValidationError", words);

    public static ServiceError Combination(string words) => new("InvalidParameterCombination", words);

    public static ServiceError Value(string words) => new("InvalidParameterValue", words);

    public static ServiceError Missing(string parameter) => new("MissingParameter", $"The parameter {parameter} is required.");
}
