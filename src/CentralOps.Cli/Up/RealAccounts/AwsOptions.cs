using System.CommandLine;

namespace CentralOps.Cli.Up.RealAccounts;

/// <summary>Which credentials real accounts are reached with.</summary>
/// <param name="Profile">An AWS profile; null for the usual chain.</param>
/// <param name="PermissionSet">The Identity Center permission set to take where the target role may not be assumed; null for a read-only one.</param>
internal sealed record AwsOptions(string? Profile, string? PermissionSet)
{
    public static Option<bool> Aws() => new("--aws") { Description = "Real accounts instead of the sandbox, with credentials from the usual AWS chain." };

    public static Option<string?> ProfileOption() => new("--profile") { Description = "AWS profile to start from (with --aws).", HelpName = "NAME" };

    public static Option<string?> PermissionSetOption() => new("--permission-set")
    {
        Description = "Identity Center permission set to read with where the target role may not be assumed (with --aws; default: a read-only one).",
        HelpName = "NAME",
    };

    /// <summary>Null without <c>--aws</c>.</summary>
    public static AwsOptions? Of(ParseResult parsed, Option<bool> aws, Option<string?> profile, Option<string?> permissionSet)
    {
        var options = new AwsOptions(parsed.GetValue(profile), parsed.GetValue(permissionSet));
        return parsed.GetValue(aws) ? options
            : options is { Profile: null, PermissionSet: null } ? null
            : throw new CommandFailedException("--profile and --permission-set are about real accounts: give --aws with them.", ExitCode.Usage);
    }
}
