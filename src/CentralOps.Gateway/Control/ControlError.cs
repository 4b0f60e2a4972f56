using CentralOps.Gateway.Control.Validation;

namespace CentralOps.Gateway.Control;

/// <summary>
/// Why an operation was refused, in the API's error classes: every refusal that the control plane knows is made here. What a message holds of a
/// request is shortened and printable, and never a secret.
/// </summary>
internal sealed record ControlError
{
    private const int MostShown = 120;

    private ControlError(string code, int status, string message) => (Code, Status, Message) = (code, status, message);

    /// <summary>The error's class, in <c>x-amzn-ErrorType</c>.</summary>
    public string Code { get; }

    public int Status { get; }

    public string Message { get; }

    /// <summary>Of a ValidationException.</summary>
    public string? Reason { get; private init; }

    /// <summary>Of a ValidationException: every field that is wrong.</summary>
    public IReadOnlyList<FieldProblem> Fields { get; private init; } = [];

    public static ControlError Fault { get; } = new("InternalServerException", 500, "The request failed because of an internal error. Please retry later.");

    public static ControlError Throttled { get; } = new("ThrottlingException", 429, "Rate exceeded");

    public static ControlError TooLarge { get; } = new("RequestEntityTooLargeException", 413, $"The request's body has more than {ControlLimits.MaxBodyBytes} bytes.");

    public static ControlError EncryptionFailed { get; } = new("EncryptionFailure", 400, "The secret could not be encrypted. Check the gateway's master key.");

    public static ControlError Misdirected { get; } = new("AccessDeniedException", 403, "The request's Host or Origin is not one that this server answers to. Add it to the allowed hosts or origins.");

    public static ControlError Busy { get; } = new("ConflictException", 409, "The resource was changed by other requests again and again. Retry the request.");

    public static ControlError Invalid(IReadOnlyList<FieldProblem> problems) =>
        new("ValidationException", 400, $"{problems.Count} validation error{(problems.Count == 1 ? "" : "s")} detected: {string.Join("; ", problems.Select(static problem => problem.Message))}")
        {
            Reason = "FieldValidationFailed",
            Fields = problems,
        };

    /// <summary>One field breaks a rule that no pattern tells.</summary>
    public static ControlError Invalid(string field, string message) =>
        new("ValidationException", 400, message) { Reason = "FieldValidationFailed", Fields = [new(field, message)] };

    public static ControlError CannotParse(string message) => new("ValidationException", 400, message) { Reason = "CannotParse" };

    public static ControlError TokenMismatch(string token) =>
        new("ValidationException", 400, $"The client token '{Printable.Text(token, MostShown)}' was used with other parameters. Use a new token for a new request.")
        {
            Reason = "IdempotentParameterMismatchException",
        };

    public static ControlError NotFound(string what, string id) =>
        new("ResourceNotFoundException", 404, $"{what} '{Printable.Text(id, MostShown)}' was not found.");

    public static ControlError Taken(string what, string name) =>
        new("ConflictException", 409, $"{what} '{Printable.Text(name, MostShown)}' already exists.");

    /// <summary>The resource is in a state that does not allow it.</summary>
    public static ControlError Conflict(string message) => new("ConflictException", 409, message);

    public static ControlError InStatus(string what, string id, string status, string verb) =>
        Conflict($"{what} '{id}' is in status {status} and cannot be {verb} now.");

    public static ControlError Quota(string what, long limit) =>
        new("ServiceQuotaExceededException", 402, $"The limit of {limit} {what} has been reached.");

    public static ControlError QuotaOf(string message) => new("ServiceQuotaExceededException", 402, message);

    public static ControlError ThrottledBy(string message) => new("ThrottlingException", 429, message);

    public static ControlError Denied(string principal, string action) =>
        new("AccessDeniedException", 403, $"User: {principal} is not authorized to perform: {action}");

    /// <summary>A signature that was not accepted, as AWS's JSON services word it.</summary>
    public static ControlError Unsigned(string code, string message, int status) => new(code, status, message);
}
