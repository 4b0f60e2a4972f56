using System.Net.Sockets;
using Amazon.Runtime;
using CentralOps.Aws.Credentials;

namespace CentralOps.Profiles.Credentials;

/// <summary>
/// What AWS's SDK throws, in our words with the remedy. Of its own words only those about the files are passed on: others may hold what a program
/// printed or a service answered.
/// </summary>
internal static class CredentialFaults
{
    public static CredentialException From(Exception fault, string? profile)
    {
        var causes = Causes(fault).ToArray();
        var who = profile is null ? "the usual places" : $"profile '{Words.Shown(profile)}'";
        var named = profile is null ? "" : $" --profile {Words.Shown(profile)}";

        if (causes.Any(IsSignIn))
        {
            return new CredentialException(CredentialProblem.SignIn, $"The sign-in of {who} (IAM Identity Center) is over, or never was.", $"Run: aws sso login{named}", fault);
        }

        if (causes.OfType<ProcessAWSCredentialException>().Any())
        {
            return Refused($"The credential_process of {who} failed, or printed no keys.", "Run that program by hand to see why.", fault);
        }

        if (causes.OfType<AmazonServiceException>().LastOrDefault(service => service.ErrorCode is { Length: > 0 }) is { } service)
        {
            return Refused($"AWS refused keys for {who}: {Code(service.ErrorCode)}.", RemedyOf(service.ErrorCode), fault);
        }

        if (causes.OfType<InvalidDataException>().LastOrDefault() is { } file)
        {
            return new CredentialException(CredentialProblem.Setting, $"The settings of {who} are not whole: {Words.Shown(file.Message)}", "Correct AWS's config or credentials file.", fault);
        }

        if (causes.Any(cause => cause is HttpRequestException or SocketException or TimeoutException))
        {
            return Refused($"Whoever hands out the keys of {who} did not answer.", "Check the network, the proxy and the endpoint settings.", fault);
        }

        return profile is null
            ? new CredentialException(CredentialProblem.None, "There are no AWS credentials in the usual places.", "Name a profile (--profile, AWS_PROFILE), or make one: aws configure sso", fault)
            : Refused($"There are no keys to be had from {who}.", $"Try: aws sts get-caller-identity{named}", fault);
    }

    private static CredentialException Refused(string message, string remedy, Exception fault) => new(CredentialProblem.Refused, message, remedy, fault);

    private static bool IsSignIn(Exception cause) =>
        cause.Message.Contains("SSO Token", StringComparison.OrdinalIgnoreCase)
        || cause is AmazonServiceException { ErrorCode: "UnauthorizedException" or "InvalidGrantException" or "ExpiredTokenException" } refused
            && refused.GetType().Namespace?.StartsWith("Amazon.SSO", StringComparison.Ordinal) == true;

    private static string RemedyOf(string code) => code switch
    {
        "AccessDenied" or "AccessDeniedException" => "Check the role's trust policy, its name and the external id.",
        "ExpiredToken" or "ExpiredTokenException" or "ExpiredTokenIdentity" => "Renew the keys or the token that the profile starts from.",
        "InvalidIdentityToken" or "IDPRejectedClaim" => "Check the token file and the role's identity provider.",
        _ => "Check the keys and the role that the profile names.",
    };

    private static string Code(string code) => Words.Shown(code.Length <= 64 ? code : code[..64]);

    private static IEnumerable<Exception> Causes(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            yield return fault;
            if (fault is AggregateException many)
            {
                foreach (var inner in many.InnerExceptions.SelectMany(Causes))
                {
                    yield return inner;
                }

                yield break;
            }
        }
    }
}
