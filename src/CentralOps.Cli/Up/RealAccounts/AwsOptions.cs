using System.CommandLine;

namespace CentralOps.Cli.Up.RealAccounts;

/// <summary>Which credentials real accounts are reached with.</summary>
/// <param name="Profile">An AWS profile; null for the usual chain.</param>
/// <param name="PermissionSet">The Identity Center permission set to take where the target role may not be assumed; null for a read-only one.</param>
internal sealed record AwsOptions(string? Profile, string? PermissionSet)
{
    /// <summary>Profiles that may serve as the way into the accounts whose keys they have, whatever else they can do.</summary>
    public IReadOnlyList<string> AccountProfiles { get; init; } = [];
}

/// <summary>The options of a command that can reach real accounts.</summary>
internal sealed class AwsArguments
{
    private readonly Option<string?> _profile = new("--profile") { Description = "AWS profile to start from (with --aws).", HelpName = "NAME" };

    private readonly Option<string?> _permissionSet = new("--permission-set")
    {
        Description = "Identity Center permission set to read with where the target role may not be assumed (with --aws; default: a read-only one).",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _accountProfiles = new("--account-profile")
    {
        Description = "AWS profile to enter its own account with where nothing else leads there (with --aws; repeat it for more).",
        HelpName = "NAME",
        DefaultValueFactory = static _ => [],
    };

    public Option<bool> Aws { get; } = new("--aws") { Description = "Real accounts instead of the sandbox, with credentials from the usual AWS chain." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Aws, _profile, _permissionSet, _accountProfiles })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Null without <c>--aws</c>.</summary>
    public AwsOptions? Of(ParseResult parsed)
    {
        var options = new AwsOptions(parsed.GetValue(_profile), parsed.GetValue(_permissionSet)) { AccountProfiles = parsed.GetValue(_accountProfiles) ?? [] };
        return parsed.GetValue(Aws) ? options
            : options is { Profile: null, PermissionSet: null, AccountProfiles.Count: 0 } ? null
            : throw new CommandFailedException("--profile, --permission-set and --account-profile are about real accounts: give --aws with them.", ExitCode.Usage);
    }
}
