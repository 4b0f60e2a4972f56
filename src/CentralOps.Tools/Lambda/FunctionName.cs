namespace CentralOps.Tools.Lambda;

/// <summary>
/// The name or ARN of a function, and a version or alias of it: they become parts of a path and of the ARN in the account's own records,
/// so their form is checked before anything is asked.
/// </summary>
internal static class FunctionName
{
    public static (string Problem, string Repair)? Check(string name) =>
        name.All(static c => IsAdmitted(c) || c is ':' or '.')
            ? null
            : ("is not the form of a function's name or ARN", "Write it as list_lambda_functions tells it: letters, digits, hyphens and underscores");

    public static (string Problem, string Repair)? CheckQualifier(string qualifier) =>
        qualifier.All(IsAdmitted) ? null : ("is not the form of a version or an alias", "Write a number, $LATEST or an alias: letters, digits, hyphens and underscores");

    private static bool IsAdmitted(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '$';
}
