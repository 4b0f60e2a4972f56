namespace CentralOps.Accounts;

/// <summary>The name of an IAM role, with its path where it has one. It becomes part of ARNs, and of commands that are shown.</summary>
public static class RoleName
{
    private const int MaxLength = 512;

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && name[0] != '/' && name[^1] != '/' && name.All(IsAdmitted);

    private static bool IsAdmitted(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '=' or ',' or '.' or '@' or '-' or '/';
}
