namespace CentralOps.Accounts.IdentityCenter;

/// <summary>Which permission set to read with: AWS's read-only ones, or the one that somebody named; never one that can do more by itself.</summary>
public static class PermissionSetChoice
{
    /// <summary>AWS's own, by what they leave readable: the first reads all metadata, the others less.</summary>
    public static IReadOnlyList<string> Preferred { get; } = ["ReadOnlyAccess", "AWSReadOnlyAccess", "ViewOnlyAccess", "AWSViewOnlyAccess", "SecurityAudit", "AWSSecurityAudit"];

    /// <param name="named">What the person named; null to choose. It is taken as it is, whatever it allows.</param>
    /// <returns>Null where there is none to take.</returns>
    public static string? Of(IReadOnlyList<string> available, string? named) =>
        (named is null ? Preferred : [named]).FirstOrDefault(name => available.Contains(name, StringComparer.Ordinal));
}
