namespace CentralOps.Cli.Doctor;

internal enum FindingLevel
{
    Ok,

    /// <summary>It works, and somebody should know.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Problem,
}

/// <summary>What one check of an installation found.</summary>
/// <param name="Check">What was looked at: <c>settings</c>, <c>database</c>, <c>target ops/docs</c>.</param>
/// <param name="Remedy">What to do; null where there is nothing to do.</param>
internal sealed record Finding(string Check, FindingLevel Level, string Message, string? Remedy)
{
    public static Finding Ok(string check, string message) => new(check, FindingLevel.Ok, message, null);

    public static Finding Warning(string check, string message, string remedy) => new(check, FindingLevel.Warning, message, remedy);

    public static Finding Problem(string check, string message, string remedy) => new(check, FindingLevel.Problem, message, remedy);
}
