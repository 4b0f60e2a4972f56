namespace CentralOps.Aws.Credentials;

/// <summary>There are no keys. The message says why, without any secret; the remedy is one sentence or command for the person who asked.</summary>
public sealed class CredentialException(CredentialProblem problem, string message, string remedy, Exception? cause = null) : Exception(message, cause)
{
    public CredentialProblem Problem => problem;

    /// <summary>Such as <c>Run: aws sso login --profile production</c>.</summary>
    public string Remedy => remedy;
}

public enum CredentialProblem
{
    /// <summary>Nothing is set that keys could come from.</summary>
    None,

    /// <summary>The profile that was named does not exist.</summary>
    NoSuchProfile,

    /// <summary>A profile or variable is there, but wrong or incomplete.</summary>
    Setting,

    /// <summary>The sign-in (IAM Identity Center) is over, or never was.</summary>
    SignIn,

    /// <summary>Whoever hands out the keys (STS, Identity Center, a container's or instance's service, a program) refused or failed.</summary>
    Refused,
}
